"""The independent call-back for what staff wrote down: owed with the case, kept by a call."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.foundation.units.rules.owner import Owner
from mohalla.station.casework import queries
from mohalla.station.casework.actions.open_case import CaseRows
from mohalla.station.casework.models import Case, Recipient
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.calling_back import CALL_BACK, SPAN, caller_back


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


def log_call_back(
    *, case: Case, officer: int, units: frozenset[int], reached: bool, agrees: bool, at: datetime
) -> Promise:
    """What the person said of the report in private; `units` are the caller's desks.

    Not reached: the try is in the ledger and the promise stays open. `agrees` False (not what was
    said) is recorded; the caller then re-routes or reopens as the desk does.
    """
    promise = queries.open_promise(case, CALL_BACK)
    if promise is None:
        raise CallBackRefused("none")
    if promise.unit_id not in units:
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
    return promise
