"""Give an open promise to somebody else, as a row."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises.events import OwnerChanged
from mohalla.foundation.promises.models import OwnerChange, Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.units.rules.owner import Owner


def change_owner(
    *, promise: Promise, to: Owner, why: str, by: str, at: datetime, note: str = ""
) -> Promise:
    """The due time stays. An ended promise keeps its last owner: nothing happens then."""
    with transaction.atomic():
        changed = Promise.objects.filter(pk=promise.pk, state=State.OPEN).update(
            unit_id=to.unit or None, officer_id=to.officer
        )
        if changed:
            OwnerChange.objects.create(
                promise=promise,
                unit_id=to.unit or None,
                officer_id=to.officer,
                from_at=at,
                why=why,
                by=by,
                note=note,
            )
            ledger.record(
                what="owner changed",
                room=promise.room,
                subject=promise.subject,
                by=by,
                at=at,
                promise=str(promise.pk),
                why=why,
            )
            events.publish(OwnerChanged(promise=promise.pk, at=at, why=why))
    promise.refresh_from_db()
    return promise
