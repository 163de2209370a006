"""End a promise: kept, claimed, tried, waived or ended; breaking belongs to the clock."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises.events import Ended
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State


class AlreadyEnded(Exception):
    """The promise has its end; it is never edited."""


def end(*, promise: Promise, state: str, by: str, at: datetime, reason: str = "") -> Promise:
    """`by` says who said so: `reporter`, `officer:<id>` or `system`. Raises `AlreadyEnded`.

    Only a claim may still change, into what the recipient says about it.
    """
    allowed = [State.OPEN]
    if state in {State.KEPT, State.BROKEN}:
        allowed.append(State.CLAIMED)
    with transaction.atomic():
        changed = Promise.objects.filter(pk=promise.pk, state__in=allowed).update(
            state=state, ended_at=at, ended_by=by, reason=reason, next_at=None, rests_since=None
        )
        if not changed:
            raise AlreadyEnded(str(promise.pk))
        promise.refresh_from_db()
        ledger.record(
            what=f"promise {state}",
            room=promise.room,
            subject=promise.subject,
            by=by,
            at=at,
            promise=str(promise.pk),
            kind=promise.kind,
        )
        events.publish(Ended(promise=promise.pk, state=state, by=by, at=at))
    return promise
