"""Hashes, notes and proofs of the log: values in, values out, without database or disk."""
