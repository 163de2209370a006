"""Wiring: settings, addresses, the command line, who listens to which event.

The only place that knows everything; nothing imports it.
"""
