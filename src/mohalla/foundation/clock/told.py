"""When a phone says that something was written: kept beside our own time, believed by nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

LONGEST = timedelta(days=30)  # as long as a key of a sender is known
AHEAD = timedelta(hours=26)  # a phone set to another zone, or by hand


def moment(text: str, *, at: datetime) -> datetime | None:
    """None where it says nothing that can be: a clock far behind or ahead would make "today" any day."""
    try:
        said = datetime.fromisoformat(text)
    except ValueError:
        return None
    if said.tzinfo is None or not at - LONGEST <= said <= at + AHEAD:
        return None
    return said
