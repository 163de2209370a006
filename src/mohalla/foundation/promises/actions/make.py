"""Make a promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from mohalla.foundation import rows
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.promises.rules import clocks
from mohalla.foundation.units.rules.owner import Owner


@dataclass(frozen=True, kw_only=True)
class Owed:
    """One thing owed. `kept` marks a promise that the answer itself keeps (acknowledge)."""

    room: str
    subject: str
    kind: str
    owner: Owner
    made_at: datetime
    due_at: datetime
    to: str = "person"
    urgent: bool = False
    kept: bool = False


def prepared(owed: Owed) -> Promise:
    """An unsaved row, for actions that store many in one statement."""
    return rows.new(
        Promise,
        room=owed.room,
        subject=owed.subject,
        kind=owed.kind,
        to=owed.to,
        unit_id=owed.owner.unit or None,
        officer_id=owed.owner.officer,
        made_at=owed.made_at,
        due_at=owed.due_at,
        urgent=owed.urgent,
        state=State.KEPT if owed.kept else State.OPEN,
        ended_at=owed.made_at if owed.kept else None,
        ended_by="system" if owed.kept else "",
        next_at=None if owed.kept else clocks.next_look(owed.made_at, owed.due_at, owed.made_at),
    )


def make(owed: Owed, *, by: str, why: str = "made", after: Promise | None = None) -> Promise:
    """Store one promise with its ledger entry; `why` is made, late, new time or re-routed."""
    promise = prepared(owed)
    promise.after = after
    with transaction.atomic():
        promise.save(force_insert=True)
        ledger.record(
            what="promise made",
            room=owed.room,
            subject=owed.subject,
            by=by,
            at=owed.made_at,
            promise=str(promise.id),
            kind=owed.kind,
            why=why,
            due=owed.due_at.isoformat(),
        )
    return promise
