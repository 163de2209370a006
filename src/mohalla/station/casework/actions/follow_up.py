"""Reconciled: asked again, alone and in safe hours, by somebody other than the owner."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models.promise import State
from mohalla.station.casework import queries
from mohalla.station.casework.actions.verdict import reopen
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM

FOLLOW_UP = "follow_up"


class FollowUpRefused(Exception):
    """`reason`: none (nothing is owed), own (not this desk's)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def answer_follow_up(
    *, case: Case, officer: int, units: frozenset[int], holds: bool, at: datetime
) -> Case:
    """What she said when asked alone; where it does not hold, the case is open again above."""
    promise = queries.open_promise(case, FOLLOW_UP)
    if promise is None:
        raise FollowUpRefused("none")
    if promise.unit_id not in units:
        raise FollowUpRefused("own")
    with transaction.atomic():
        ledger.record(
            what="reconciliation holds" if holds else "reconciliation does not hold",
            room=ROOM, subject=case.reference, by=f"officer:{officer}", at=at,
        )  # fmt: skip
        promises.end(promise=promise, state=State.KEPT, by="reporter", at=at)
        if not holds:
            reopen(case=case, door="call", at=at)
    return case
