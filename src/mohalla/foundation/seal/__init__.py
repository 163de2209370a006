"""Text that only a running server with its keys can read."""
