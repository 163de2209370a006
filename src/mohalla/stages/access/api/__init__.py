"""The JSON door: the same report, promises and verdicts for programs."""
