"""Who listens to what: the one readable list."""


def connect() -> None:
    """Subscribe every room to the events it lives on."""
