"""The paths to help, and when one of them counts as broken. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

WEB, SMS, USSD, MISSED, TIMER = "web", "sms", "ussd", "missed", "timer"
EVERY = timedelta(hours=20)  # so that no day goes without one, whatever restarts come
FRESH = timedelta(hours=24)  # older than this is red


def is_due(last_begun: datetime | None, at: datetime) -> bool:
    """Whether it is time to try the path again."""
    return last_begun is None or at >= last_begun + EVERY


def works(last_success: datetime | None, at: datetime) -> bool:
    """Whether the path may be called working: shown to work within a day."""
    return last_success is not None and at < last_success + FRESH
