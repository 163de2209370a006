"""A database that was put back to an older state: take from the log what it lost, and say so."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from mohalla.foundation.ledger import key, queries
from mohalla.foundation.ledger.actions.record import record
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.ledger.rules.encoding import decoded

BATCH = 500


def recover(*, at: datetime) -> list[dict[str, Any]]:
    """Write the missing acts into the database again, so that the log goes on; returns them.

    The acts only: words, files and cases that were lost with them are not in the log. That this
    happened is itself an act.
    """
    log = key.store()
    missing = queries.missing()
    with log.locked(), transaction.atomic():
        for start in range(0, len(missing), BATCH):
            Entry.objects.bulk_create(
                _entry(position, act) for position, act in missing[start : start + BATCH]
            )
        if missing:
            record(
                what="acts taken from the log", room="ledger", subject="-", by="system", at=at,
                first=missing[0][0], count=len(missing),
            )  # fmt: skip
    return [act["event"] for _position, act in missing]


def _entry(position: int, act: dict[str, Any]) -> Entry:
    event = act["event"]
    return Entry(
        id=UUID(event["id"]),
        at=datetime.fromisoformat(event["at"]),
        what=event["what"],
        room=event["room"],
        subject=event["subject"],
        by=event["by"],
        facts=act["facts"],
        salt=decoded(act["salt"]),
        position=position,
    )
