"""What a phone wrote without network and sends later: by its own clock, and answered for a program."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

LONGEST = timedelta(days=30)  # as long as a key of a sender is known
AHEAD = timedelta(hours=26)  # a phone set to another zone, or by hand


def asked_for(request: HttpRequest) -> bool:
    """Whether a queue sent it, and not a person who waits for a page."""
    return request.headers.get("Accept", "") == "application/json"


def told_at(request: HttpRequest, at: datetime) -> datetime | None:
    """When it was written, by the phone's clock: kept beside ours, believed by nobody.

    None where it says nothing that can be: a clock far behind or ahead would make "today" any day.
    """
    try:
        said = datetime.fromisoformat(request.POST.get("told_at", ""))
    except ValueError:
        return None
    if said.tzinfo is None or not at - LONGEST <= said <= at + AHEAD:
        return None
    return said
