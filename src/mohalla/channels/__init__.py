"""Ports and adapters to the outside: text messages first."""
