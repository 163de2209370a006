"""The line of an Asterisk, which asks us by FastAGI. Tried against a stub of its side, not a real one."""
