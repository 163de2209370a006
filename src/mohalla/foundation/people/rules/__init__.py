"""Pure: how long to wait, how long to stay, what to call a browser."""
