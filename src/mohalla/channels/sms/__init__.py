"""Text messages in and out: a port, the phone on the screen, and SMPP 3.4."""
