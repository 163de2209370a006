"""Gateways that take and bring texts over HTTP. What they call things stands in `gateways.toml`."""
