"""SQLite whose writers queue fairly: one lock in front of every transaction."""
