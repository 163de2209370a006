"""Mohalla: what you tell the police becomes a promise with a name and a deadline."""
