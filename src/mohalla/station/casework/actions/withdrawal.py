"""Withdrawal is a request: 72 hours and a private call by an independent person."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.owner import next_owner
from mohalla.station.casework import queries
from mohalla.station.casework.actions.address import address
from mohalla.station.casework.actions.verdict import close
from mohalla.station.casework.events import WithdrawalAsked
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM, Closing

WAIT = timedelta(hours=72)


class WithdrawalRefused(Exception):
    """`reason`: not_asked, too_early, same_desk. Nothing changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def ask_withdrawal(*, case: Case, door: str, at: datetime) -> Case:
    """The record of the filing stays, whatever follows. A second request changes nothing."""
    if case.withdrawal_asked_at is not None or case.closed_at is not None:
        return case
    with transaction.atomic():
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
        upper = (
            next_owner(
                units.directory(), unit=case.unit_id, at=at,
                excluded=units.barred(room=ROOM, subject=case.reference),
            )
            if case.unit_id
            else None
        )  # fmt: skip
        if upper is not None:
            address(case=case, owner=upper, why="withdrawal call", by="system", at=at, lead=False)
            promises.make(
                promises.Owed(
                    room=ROOM, subject=case.reference, kind="withdrawal_call", owner=upper,
                    made_at=at, due_at=at + WAIT,
                ),
                by="reporter",
            )  # fmt: skip
        events.publish(WithdrawalAsked(case=case.pk, at=at))
    return case


def settle_withdrawal(
    *, case: Case, officer: int, desks: frozenset[int], free_will: bool, at: datetime
) -> Case:
    """After the private call, not before 72 hours, and not by the desk that has the case."""
    if case.withdrawal_asked_at is None:
        raise WithdrawalRefused("not_asked")
    if case.unit_id in desks:
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
        call = queries.open_promise(case, "withdrawal_call")
        if call is not None:
            promises.end(promise=call, state=State.KEPT, by=by, at=at)
        if free_will:
            close(case=case, closing=Closing.WITHDRAWN, by="reporter", at=at)
        else:
            Case.objects.filter(pk=case.pk).update(withdrawal_asked_at=None)
            case.withdrawal_asked_at = None
    return case
