"""Decide about what is late: do it, reassign it, set a new time, lend people."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.owner import Owner
from mohalla.station.casework import queries
from mohalla.station.casework.actions.address import OWED_BY_OTHERS, address
from mohalla.station.casework.actions.file import note
from mohalla.station.casework.events import Decided
from mohalla.station.casework.models import Case, Note
from mohalla.station.casework.models.case import ROOM

DO, REASSIGN, NEW_TIME, LEND = "do", "reassign", "new_time", "lend"


class DecisionRefused(Exception):
    """`reason`: not_owed, officer, time, words. Nothing changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def decide(
    *,
    promise: Promise,
    case: Case,
    officer: int,
    choice: str,
    at: datetime,
    to_officer: int | None = None,
    due_at: datetime | None = None,
    reason: str = "",
) -> Case:
    """Keeps the decision promise; the reporter hears of the new owner or of the decision.

    A new time is a new promise that comes after this decision, so that it climbs further if it is
    broken again. What another desk than the lead owes (a private call, a new receipt) stays with
    that desk, or comes to who decides; never to the lead. `lend` records the shortage; it unbreaks
    nothing.
    """
    if promise.kind != "decision" or promise.subject != case.reference or promise.unit_id is None:
        raise DecisionRefused("not_owed")
    by = f"officer:{officer}"
    with transaction.atomic():
        try:
            promises.end(promise=promise, state=State.KEPT, by=by, at=at, reason=choice)
        except promises.AlreadyEnded:
            raise DecisionRefused("not_owed") from None
        if choice == DO:
            _to(promise, case, Owner(unit=promise.unit_id, officer=officer), by, at)
        elif choice == REASSIGN:
            desk = desk_of(promise, case)
            if to_officer is None or desk is None or queries.is_barred(case, to_officer):
                raise DecisionRefused("officer")
            _to(promise, case, Owner(unit=desk, officer=to_officer), by, at)
        elif choice == NEW_TIME:
            _new_time(promise, case, due_at, reason, by, at)
        else:
            _shortage(case, officer, reason, at)
        if reason.strip() and choice != LEND:
            note(case=case, officer=officer, kind=Note.Kind.NOTE, text=reason, at=at)
        ledger.record(
            what=f"decided {choice}", room=ROOM, subject=case.reference, by=by, at=at
        )  # fmt: skip
        if choice in {NEW_TIME, LEND}:
            events.publish(Decided(case=case.pk, choice=choice, at=at))
    return case


def late_promise(decision: Promise) -> Promise | None:
    """What is late, however often the decision about it was late too."""
    found = decision.after
    while found is not None and found.kind == "decision":
        found = found.after
    return found


def desk_of(decision: Promise, case: Case) -> int | None:
    """Whose people may do it: those of the lead, or of the desk that owes it beside the lead."""
    beside = _beside(decision)
    return case.unit_id if beside is None else beside.unit_id


def _beside(decision: Promise) -> Promise | None:
    """What is late, where another desk than the lead owes it: a private call, a new receipt."""
    found = late_promise(decision)
    return found if found is not None and found.kind in OWED_BY_OTHERS else None


def _to(decision: Promise, case: Case, owner: Owner, by: str, at: datetime) -> None:
    beside = _beside(decision)
    if beside is None:
        address(case=case, owner=owner, why="decision", by=by, at=at)
        return
    if owner.unit == case.unit_id != beside.unit_id:
        raise DecisionRefused("officer")  # the lead asks nobody about itself
    address(case=case, owner=owner, why="decision", by=by, at=at, lead=False)
    due_at = promises.decision_due(units.directory(), owner, at, urgent=decision.urgent)
    _again(decision, case, beside.kind, owner, due_at, by, at)


def _new_time(
    promise: Promise, case: Case, due_at: datetime | None, reason: str, by: str, at: datetime
) -> None:
    if due_at is None or due_at <= at:
        raise DecisionRefused("time")
    if not reason.strip():
        raise DecisionRefused("words")
    beside, broken = _beside(promise), late_promise(promise)
    if beside is not None:
        owner = Owner(unit=beside.unit_id or promise.unit_id or 0, officer=beside.officer_id)
    else:
        owner = Owner(unit=case.unit_id or promise.unit_id or 0, officer=case.officer_id)
    _again(promise, case, broken.kind if broken else "outcome", owner, due_at, by, at)


def _again(
    decision: Promise, case: Case, kind: str, owner: Owner, due_at: datetime, by: str, at: datetime
) -> None:
    promises.make(
        promises.Owed(
            room=ROOM, subject=case.reference, kind=kind, owner=owner, made_at=at, due_at=due_at,
            urgent=decision.urgent,
        ),
        by=by, why="new time", after=decision,
    )  # fmt: skip


def _shortage(case: Case, officer: int, reason: str, at: datetime) -> None:
    if not reason.strip():
        raise DecisionRefused("words")
    note(case=case, officer=officer, kind=Note.Kind.SHORTAGE, text=reason, at=at)
