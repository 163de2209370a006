"""The reporter decides: confirm closes, a word of dispute reopens one level up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mohalla.foundation import events, seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.promises.rules import clocks
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.owner import Owner, next_owner, owner_at
from mohalla.station.casework import queries
from mohalla.station.casework.actions.address import address
from mohalla.station.casework.actions.message import say
from mohalla.station.casework.actions.record import record_decision
from mohalla.station.casework.actions.stage import move
from mohalla.station.casework.events import Closed, Kept, Reopened
from mohalla.station.casework.models import Case, Outcome
from mohalla.station.casework.models.case import ROOM, Closing
from mohalla.station.casework.models.outcome import Verdict
from mohalla.station.casework.rules.calling_back import OUTLIVE_THE_CASE

ASK_AGAIN_ALONE = timedelta(hours=72)
TIME_TO_ASK = timedelta(hours=24)  # from the first safe hour after it
REOPEN_DAYS = 90


class NothingProposed(Exception):
    """There is no proposal that waits for an answer."""


class TooLate(Exception):
    """The 90 days in which anybody with the receipt may reopen are over."""


def confirm(*, case: Case, door: str, at: datetime, reason: str = "") -> Outcome:
    """Closed, confirmed; the promise of an outcome is kept because she says so."""
    outcome = _asked(case)
    with transaction.atomic():
        _answer(outcome, Verdict.CONFIRMED, door, at, reason=reason)
        ledger.record(
            what="verdict confirm",
            room=ROOM,
            subject=case.reference,
            by="reporter",
            at=at,
            door=door,
        )
        close(case=case, closing=Closing.CONFIRMED, by="reporter", at=at)
        if outcome.kind == "reconciled":
            _ask_again_alone(case, at)
        events.publish(Kept(case=case.pk, at=at))
    return outcome


def dispute(*, case: Case, door: str, at: datetime, reason: str = "") -> Outcome:
    """Reopened one level up, the clock running; the second time with the body outside."""
    outcome = _asked(case)
    with transaction.atomic():
        _answer(outcome, Verdict.DISPUTED, door, at, reason=reason)
        Case.objects.filter(pk=case.pk).update(disputes=case.disputes + 1)
        case.disputes += 1
        ledger.record(
            what="verdict dispute",
            room=ROOM,
            subject=case.reference,
            by="reporter",
            at=at,
            door=door,
        )
        _reopen_above(case, at)
        events.publish(Reopened(case=case.pk, at=at))
    return outcome


def reopen(*, case: Case, door: str, at: datetime, reason: str = "") -> Case:
    """Anybody with the receipt, for 90 days after the closing. Raises `TooLate`."""
    if case.closed_at is None:
        return case
    if at > case.closed_at + timedelta(days=REOPEN_DAYS):
        raise TooLate(case.reference)
    with transaction.atomic():
        ledger.record(
            what="reopened", room=ROOM, subject=case.reference, by="reporter", at=at, door=door
        )
        if reason.strip():
            say(case=case, text=reason, door=door, at=at, owes=False)  # a decision is owed instead
        _reopen_above(case, at)
        events.publish(Reopened(case=case.pk, at=at))
    return case


def end_over_objection(*, case: Case, officer: int, reason: str, at: datetime) -> Case:
    """Only the outside reviewer, after a second dispute; counted in public as what it is."""
    if case.disputes < 2 or case.unit is None or case.unit.kind != "independent":
        raise NothingProposed(case.reference)
    by = f"officer:{officer}"
    with transaction.atomic():
        outcome = queries.open_outcome(case)
        if outcome is not None:
            _answer(outcome, Verdict.OVERRULED, "desk", at, reason=reason)
        record_decision(case=case, officer=officer, reason=reason, at=at)
        close(case=case, closing=Closing.OVER_OBJECTION, by=by, at=at)
    return case


def close(*, case: Case, closing: str, by: str, at: datetime) -> Case:
    """Close with what it rests on; promises still open end neutrally, counted apart."""
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(closed_at=at, closing=closing)
        case.closed_at, case.closing = at, closing
        move(case=case, to="closed", by=by, at=at, why=closing)
        for promise in queries.open_promises(case):
            if promise.kind in OUTLIVE_THE_CASE:
                continue  # whoever pressed "yes": the person is called all the same
            kept = closing == Closing.CONFIRMED and promise.kind in {"outcome", "decision"}
            promises.end(
                promise=promise,
                state=State.KEPT if kept else State.ENDED,
                by=by,
                at=at,
                reason=closing,
            )
        if closing == Closing.CONFIRMED:
            _said_yes(case, at)
        ledger.record(what=f"closed {closing}", room=ROOM, subject=case.reference, by=by, at=at)
        events.publish(Closed(case=case.pk, closing=closing, at=at))
    return case


def _said_yes(case: Case, at: datetime) -> None:
    """Who confirms the end has, by that, been in contact: a claim need not stay a claim."""
    claimed = queries.claimed_promise(case, "contact")
    if claimed is not None:
        promises.end(promise=claimed, state=State.KEPT, by="reporter", at=at)


def _asked(case: Case) -> Outcome:
    outcome = queries.open_outcome(case)
    if outcome is None or outcome.asked_at is None:
        raise NothingProposed(case.reference)
    return outcome


def _answer(outcome: Outcome, verdict: str, door: str, at: datetime, reason: str = "") -> None:
    sealed = seal.seal(reason) if reason and outcome.sealed else reason
    changed = Outcome.objects.filter(pk=outcome.pk, verdict="").update(
        verdict=verdict, verdict_at=at, verdict_door=door, verdict_reason=sealed
    )
    if not changed:
        raise NothingProposed(outcome.case.reference)


def _reopen_above(case: Case, at: datetime) -> None:
    directory = units.directory()
    excluded = units.barred(room=ROOM, subject=case.reference)
    owner: Owner | None = None
    if case.disputes >= 2:
        outside = next(
            (u for u in directory.units.values() if u.outside_force and excluded.allows_unit(u.id)),
            None,
        )
        if outside is not None:
            owner = owner_at(directory, unit=outside.id, at=at, excluded=excluded)
    if owner is None and case.unit_id is not None:
        owner = next_owner(directory, unit=case.unit_id, at=at, excluded=excluded)
        owner = owner or owner_at(directory, unit=case.unit_id, at=at, excluded=excluded)
    Case.objects.filter(pk=case.pk).update(closed_at=None, closing="", merged_into=None)
    case.closed_at, case.closing, case.merged_into = None, "", None
    move(case=case, to=_working_stage(case), by="reporter", at=at, why="reopened by the reporter")
    if owner is not None:
        address(case=case, owner=owner, why="reopened", by="reporter", at=at)
    promise = queries.open_promise(case, "outcome")
    if promise is not None:
        promises.wake(promise=promise, at=at)
    if owner is not None:
        _owe_decision(case, owner, at)


def _working_stage(case: Case) -> str:
    """Where work goes on: the last stage before the proposal."""
    last = case.moves.exclude(to_stage__in=["outcome_proposed", "closed"]).order_by("-at").first()
    return last.to_stage if last else "received"


def _owe_decision(case: Case, owner: Owner, at: datetime) -> Promise:
    due = promises.decision_due(units.directory(), owner, at, urgent=case.danger)
    return promises.make(
        promises.Owed(
            room=ROOM, subject=case.reference, kind="decision", owner=owner, made_at=at, due_at=due
        ),
        by="reporter",
    )  # fmt: skip


def _ask_again_alone(case: Case, at: datetime) -> None:
    """Reconciled: asked again, alone and in safe hours, by somebody other than the owner."""
    directory = units.directory()
    excluded = units.barred(room=ROOM, subject=case.reference)
    upper = (
        next_owner(directory, unit=case.unit_id, at=at, excluded=excluded) if case.unit_id else None
    )
    if upper is None:
        return
    contact = reports.contact_of(case.report)
    hours = (contact.safe_from, contact.safe_to) if contact else (None, None)
    address(case=case, owner=upper, why="asks again", by="system", at=at, lead=False)
    promises.make(
        promises.Owed(
            room=ROOM, subject=case.reference, kind="follow_up", owner=upper, made_at=at,
            due_at=clocks.first_safe(at + ASK_AGAIN_ALONE, *hours) + TIME_TO_ASK,
        ),
        by="system",
    )  # fmt: skip
