"""Pure rules of a case: routing, promises owed, stages, verdicts."""
