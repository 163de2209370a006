"""Withdrawal is a request: 72 hours and a private call by an independent person."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.foundation.units.rules.owner import Owner, next_owner, owner_at
from mohalla.station.casework import queries
from mohalla.station.casework.actions.address import address
from mohalla.station.casework.actions.message import say
from mohalla.station.casework.actions.verdict import close
from mohalla.station.casework.events import WithdrawalAsked
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM, Closing

WAIT = timedelta(hours=72)
CALL = "withdrawal_call"


class WithdrawalRefused(Exception):
    """`reason`: not_asked, too_early, same_desk. Nothing changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def ask_withdrawal(*, case: Case, door: str, at: datetime, reason: str = "") -> Case:
    """The record of the filing stays, whatever follows. A second request changes nothing."""
    if case.withdrawal_asked_at is not None or case.closed_at is not None:
        return case
    with transaction.atomic():
        if reason.strip():
            say(case=case, text=reason, door=door, at=at, owes=False)
        Case.objects.filter(pk=case.pk).update(withdrawal_asked_at=at)
        case.withdrawal_asked_at = at
        ledger.record(
            what="withdrawal asked",
            room=ROOM,
            subject=case.reference,
            by="reporter",
            at=at,
            door=door,
        )
        caller = _caller(case, at)
        if caller is not None:
            address(case=case, owner=caller, why="withdrawal call", by="system", at=at, lead=False)
            promises.make(
                promises.Owed(
                    room=ROOM, subject=case.reference, kind=CALL, owner=caller,
                    made_at=at, due_at=at + WAIT,
                ),
                by="reporter",
            )  # fmt: skip
        events.publish(WithdrawalAsked(case=case.pk, at=at))
    return case


def may_call(case: Case, *, officer: int, desks: frozenset[int]) -> bool:
    """Whether this officer is independent enough for the private call.

    A desk that had the case before may still open it: it is the desk that owes the call, late or
    not, that makes it (or the one that decides because it is late), and nobody who is of the desk
    that has the case as well.
    """
    call = queries.latest_promise(case, CALL)
    if call is None or call.unit_id is None:
        return case.unit_id is not None and case.unit_id not in desks
    if call.unit_id == case.unit_id:
        return call.unit_id in desks and officer != case.officer_id
    late = Promise.objects.filter(room=ROOM, kind="decision", after=call)
    owing = {call.unit_id, *late.values_list("unit_id", flat=True)}
    return bool(owing & desks) and case.unit_id not in desks


def _caller(case: Case, at: datetime) -> Owner | None:
    """The next level; at the top somebody else of the same body (docs/adr/0010). None: held."""
    if case.unit_id is None:
        return None
    directory = units.directory()
    excluded = units.barred(room=ROOM, subject=case.reference)
    upper = next_owner(directory, unit=case.unit_id, at=at, excluded=excluded)
    if upper is not None:
        return upper
    others = Exclusion(
        units=excluded.units, officers=excluded.officers | {case.officer_id or 0: "has the case"}
    )
    return owner_at(directory, unit=case.unit_id, at=at, excluded=others)


def settle_withdrawal(
    *, case: Case, officer: int, desks: frozenset[int], free_will: bool, at: datetime
) -> Case:
    """After the private call, not before 72 hours, and not by the desk that has the case.

    Where nobody stands above that desk: by somebody there who does not have the case.
    """
    if case.withdrawal_asked_at is None or case.closed_at is not None:
        raise WithdrawalRefused("not_asked")
    if not may_call(case, officer=officer, desks=desks):
        raise WithdrawalRefused("same_desk")
    if at < case.withdrawal_asked_at + WAIT and free_will:
        raise WithdrawalRefused("too_early")
    by = f"officer:{officer}"
    with transaction.atomic():
        ledger.record(
            what="withdrawal of free will" if free_will else "withdrawal not of free will",
            room=ROOM,
            subject=case.reference,
            by=by,
            at=at,
        )
        call = queries.open_promise(case, CALL)
        if call is not None:
            promises.end(promise=call, state=State.KEPT, by=by, at=at)
        if free_will:
            close(case=case, closing=Closing.WITHDRAWN, by="reporter", at=at)
        else:
            Case.objects.filter(pk=case.pk).update(withdrawal_asked_at=None)
            case.withdrawal_asked_at = None
    return case
