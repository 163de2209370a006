"""News for the rooms above, delivered inside the transaction."""
