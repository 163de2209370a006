"""The independent call-back for what staff wrote down: owed with the case, kept by a call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.promises.rules import clocks
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.foundation.units.rules.owner import Owner
from mohalla.station.casework import queries
from mohalla.station.casework.actions.address import address
from mohalla.station.casework.actions.open_case import CaseRows
from mohalla.station.casework.actions.verdict import confirm, dispute, reopen
from mohalla.station.casework.models import Case, Recipient
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.calling_back import CALL_BACK, PRIVATE, SPAN, caller_back

_VERDICTS: dict[str, Callable[..., object]] = {"confirm": confirm, "dispute": dispute}


class CallBackRefused(Exception):
    """`reason`: none (no call-back is open), own (the caller is not of the unit that owes it)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def owe_call_back(
    rows: CaseRows, directory: Directory, *, filed_by: int, excluded: Exclusion, at: datetime
) -> Promise:
    """Add the promise, and the door to the case for the desk that owes it; nothing is stored."""
    desk = rows.case.unit_id or 0
    owner = caller_back(directory, desk=desk, filed_by=filed_by, excluded=excluded, at=at)
    promise = promises.prepared(
        promises.Owed(
            room=ROOM,
            subject=rows.case.reference,
            kind=CALL_BACK,
            owner=owner or Owner(unit=0, officer=None),
            made_at=at,
            due_at=at + SPAN,
        )
    )
    rows.promises.append(promise)
    if owner is not None:
        rows.recipients.append(
            Recipient(case_id=rows.case.pk, unit_id=owner.unit, since_at=at, why=CALL_BACK)
        )
    return promise


def call_after_silence(*, case: Case, at: datetime) -> Promise | None:
    """A case that closed without an answer, drawn for a call: another unit asks, and may reopen."""
    return _owe_call(case, SPAN, at, addressed="calls after silence", why="silence", by="system")


def owe_private_call(*, case: Case, at: datetime) -> Promise | None:
    """She asks by phone about a confidential matter: the phone opens nothing, a person may.

    Somebody independent asks her what only she knows; once while such a call is owed.
    """
    open_one = queries.open_promise(case, CALL_BACK)
    if open_one is not None:
        return open_one
    with transaction.atomic():
        return _owe_call(case, PRIVATE, at, addressed="private call", why="asked", by="reporter")


def _owe_call(
    case: Case, span: timedelta, at: datetime, *, addressed: str, why: str, by: str
) -> Promise | None:
    """None where no number is known or nobody independent is left."""
    contact = reports.contact_of(case.report)
    if contact is None or contact.kind != "phone" or case.unit_id is None:
        return None
    owner = caller_back(
        units.directory(),
        desk=case.unit_id,
        filed_by=case.officer_id or 0,
        excluded=units.barred(room=ROOM, subject=case.reference),
        at=at,
    )
    if owner is None:
        return None
    address(case=case, owner=owner, why=addressed, by="system", at=at, lead=False)
    due = clocks.first_safe(at + span, contact.safe_from, contact.safe_to)
    return promises.make(
        promises.Owed(
            room=ROOM, subject=case.reference, kind=CALL_BACK, owner=owner, made_at=at, due_at=due
        ),
        by=by, why=why,
    )  # fmt: skip


def log_call_back(
    *,
    case: Case,
    officer: int,
    desks: frozenset[int],
    reached: bool,
    agrees: bool,
    at: datetime,
    verdict: str = "",
) -> Promise:
    """What the person said of the report in private; `desks` are the caller's.

    Not reached: the try is in the ledger and the promise stays open. `agrees` False (not what was
    said, or not what became of it) is recorded; a case that had closed is open again above, an open
    one the caller re-routes as the desk does. `verdict` (confirm, dispute) is her answer to the
    outcome that waits, given in private by somebody who cannot use the receipt.
    """
    promise = queries.open_promise(case, CALL_BACK)
    if promise is None:
        raise CallBackRefused("none")
    if promise.unit_id not in desks:
        raise CallBackRefused("own")
    by = f"officer:{officer}"
    with transaction.atomic():
        ledger.record(
            what="called back" if reached else "call-back tried",
            room=ROOM,
            subject=case.reference,
            by=by,
            at=at,
            agrees=agrees if reached else None,
        )
        if reached:
            promises.end(promise=promise, state=State.KEPT, by=by, at=at)
        if reached and not agrees and case.closed_at is not None:
            reopen(case=case, door="call", at=at)
        if reached and verdict in _VERDICTS:
            _VERDICTS[verdict](case=case, door="call", at=at)
    return promise
