"""The application's time: real, or advanced in the demonstration."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The application's present moment, aware."""
    return timezone.now()
