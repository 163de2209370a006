"""What the reporter gets to read."""
