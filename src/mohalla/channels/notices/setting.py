"""What the settings say about telling people."""

from __future__ import annotations

from django.conf import settings

from mohalla.channels.notices.rules.kinds import ANY, Hours


def quiet() -> Hours:
    """The hours in which nothing impersonal goes out, as (first, last); none: at any time."""
    if not settings.QUIET_HOURS:
        return ANY
    first, last = settings.QUIET_HOURS.split("-")
    return int(first), int(last)
