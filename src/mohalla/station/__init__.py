"""The police side of the counter."""
