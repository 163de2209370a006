"""The three settings of this room."""

from __future__ import annotations

from django.conf import settings


def is_web() -> bool:
    """Whether real push services are called."""
    return str(settings.PUSH) == "web:"


def hosts() -> list[str]:
    """Push services that may be called."""
    return list(settings.PUSH_HOSTS)


def loopback() -> bool:
    """A stub on this machine: in the demonstration only."""
    return bool(settings.DEMO)


def contact() -> str:
    """Who runs this, for the services."""
    return str(settings.PUSH_CONTACT)
