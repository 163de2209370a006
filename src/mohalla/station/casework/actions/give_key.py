"""A desk that was given a sealed case is given its key, by one that can open it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.seal import browser
from mohalla.station.casework import queries
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM


class NotToThatDesk(Exception):
    """Not a desk of this case that waits for its key, or not a sealed key."""


def give_key(*, case: Case, desk_key: UUID, sealed: str, officer: int, at: datetime) -> None:
    """Store the sealed key; to whom it went stands in the history. Raises `NotToThatDesk`."""
    waits = {key for _name, key, _to in queries.desks_without_key(case, "ur")}
    armoured = sealed.replace("\r\n", "\n").strip()
    try:
        fits = browser.looked_at(armoured).keys == 1
    except browser.Malformed:
        fits = False
    if desk_key not in waits or not fits:
        raise NotToThatDesk(case.reference)
    by = f"officer:{officer}"
    with transaction.atomic():
        reports.add_key(report=case.report, desk_key=desk_key, sealed=armoured, by=by, at=at)
        ledger.record(
            what="key given", room=ROOM, subject=case.reference, by=by, at=at,
            desk_key=str(desk_key),
        )  # fmt: skip
