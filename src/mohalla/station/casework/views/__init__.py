"""The desk, one resource per file."""
