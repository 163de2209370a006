"""Pure: bodies, hands, states."""
