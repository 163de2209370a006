"""The end of a shift: every open case of one officer at one desk goes to a colleague."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.station.casework import queries
from mohalla.station.casework.actions.address import hand_over
from mohalla.station.casework.models import Case


def hand_over_all(
    *, references: list[str], to_officer: int, officer: int, note: str, by: str, at: datetime
) -> int:
    """All in one transaction; cases from which the colleague is barred stay where they are.

    Returns how many moved.
    """
    moved = 0
    with transaction.atomic():
        for case in Case.objects.filter(reference__in=references).select_related("report"):
            if queries.is_barred(case, to_officer):
                continue
            hand_over(case=case, to_officer=to_officer, officer=officer, note=note, by=by, at=at)
            moved += 1
    return moved
