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


def change_owner(*, promise: Promise, to: Owner, why: str, by: str, at: datetime) -> Promise:
    """The due time stays. An ended promise keeps its last owner: nothing happens then."""
    with transaction.atomic():
        held = Promise.objects.select_for_update().filter(pk=promise.pk, state=State.OPEN).first()
        if held is not None:
            Promise.objects.filter(pk=promise.pk).update(
                unit_id=to.unit or None, officer_id=to.officer
            )
            OwnerChange.objects.create(
                promise=promise,
                from_unit_id=held.unit_id,
                from_officer_id=held.officer_id,
                unit_id=to.unit or None,
                officer_id=to.officer,
                at=at,
                why=why,
                by=by,
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
