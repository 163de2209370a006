"""Reconciled, and asked again alone: by text where she may be asked so, else by a call."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.promises.rules import clocks
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.units.rules.owner import Owner
from mohalla.station.casework import queries
from mohalla.station.casework.actions.verdict import TIME_TO_ASK, reopen
from mohalla.station.casework.events import AskedAlone
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM

FOLLOW_UP = "follow_up"
UNANSWERED = timedelta(hours=48)  # then somebody calls after all
_ASKED = "asked alone"


class FollowUpRefused(Exception):
    """`reason`: none (nothing is owed), own (not this desk's)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def ask_alone(*, at: datetime) -> int:
    """Each reconciled case whose hour has come is asked about once; a text left unanswered for two

    days becomes a call that the same desk owes. Safe to run at any time, any number of times."""
    owed = Promise.objects.filter(room=ROOM, kind=FOLLOW_UP, state=State.OPEN)
    done = 0
    for promise in owed.filter(rests_since=None, due_at__lte=at + TIME_TO_ASK):
        case = Case.objects.select_related("report").get(reference=promise.subject)
        if case.closed_at is None or _was_asked(case):
            continue
        with transaction.atomic():
            ledger.record(what=_ASKED, room=ROOM, subject=case.reference, by="system", at=at)
            events.publish(AskedAlone(case=case.pk, at=at))
        done += 1
    for promise in owed.filter(rests_since__lte=at - UNANSWERED):
        _call_after_all(promise, at)
        done += 1
    return done


def rest_while_asked(*, case: Case, at: datetime) -> None:
    """She has the question on her phone: the clock of whoever would call rests."""
    promise = queries.open_promise(case, FOLLOW_UP)
    if promise is not None:
        promises.rest(promise=promise, at=at)


def hear_follow_up(*, case: Case, holds: bool, by: str, door: str, at: datetime) -> Case:
    """What she says of it; where it does not hold, the case is open again one level up."""
    promise = queries.open_promise(case, FOLLOW_UP)
    if promise is None:
        raise FollowUpRefused("none")
    with transaction.atomic():
        ledger.record(
            what="reconciliation holds" if holds else "reconciliation does not hold",
            room=ROOM, subject=case.reference, by=by, at=at, door=door,
        )  # fmt: skip
        promises.end(promise=promise, state=State.KEPT, by="reporter", at=at)
        if not holds:
            reopen(case=case, door=door, at=at)
    return case


def answer_follow_up(
    *, case: Case, officer: int, units: frozenset[int], holds: bool, at: datetime
) -> Case:
    """What she said in a private call, written down by the desk that owed it."""
    promise = queries.open_promise(case, FOLLOW_UP)
    if promise is None:
        raise FollowUpRefused("none")
    if promise.unit_id not in units:
        raise FollowUpRefused("own")
    return hear_follow_up(case=case, holds=holds, by=f"officer:{officer}", door="call", at=at)


def _was_asked(case: Case) -> bool:
    asked = Entry.objects.filter(room=ROOM, subject=case.reference, what=_ASKED)
    return asked.filter(at__gte=case.closed_at).exists()


def _call_after_all(promise: Promise, at: datetime) -> None:
    """A due time never changes: the promise that rested ends, a new one is made after it."""
    case = Case.objects.select_related("report").get(reference=promise.subject)
    contact = reports.contact_of(case.report)
    hours = (contact.safe_from, contact.safe_to) if contact else (None, None)
    owner = Owner(unit=promise.unit_id or 0, officer=promise.officer_id)
    with transaction.atomic():
        promises.end(
            promise=promise, state=State.ENDED, by="system", at=at, reason="not answered by text"
        )
        promises.make(
            promises.Owed(
                room=ROOM, subject=case.reference, kind=FOLLOW_UP, owner=owner, made_at=at,
                due_at=clocks.contact_due(at, TIME_TO_ASK, *hours),
            ),
            by="system", why="not answered by text", after=promise,
        )  # fmt: skip
