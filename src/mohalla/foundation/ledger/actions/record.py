"""Record an act, in the transaction of the act."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mohalla.foundation import rows
from mohalla.foundation.ledger.models import Entry


def entry(*, what: str, room: str, subject: object, by: str, at: datetime, **facts: Any) -> Entry:
    """An unsaved entry, for actions that store many rows in one statement."""
    return rows.new(Entry, what=what, room=room, subject=str(subject), by=by, at=at, facts=facts)


def record(*, what: str, room: str, subject: object, by: str, at: datetime, **facts: Any) -> Entry:
    """Store the entry. `by` is `officer:<id>`, `reporter`, `sender`, `system` or `account:<id>`."""
    row = entry(what=what, room=room, subject=subject, by=by, at=at, **facts)
    row.save(force_insert=True)
    return row
