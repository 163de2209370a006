"""By the minute: who has not seen it, has not set out, is not there, is not the only one to know."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mohalla.foundation.ledger import actions as ledger
from mohalla.station.casework.models.case import ROOM
from mohalla.station.response.actions.ring import clock, ring_above
from mohalla.station.response.models import Alarm

BATCH = 200


def climb_due(*, at: datetime) -> int:
    """Ring the next desk for every alarm that is due; each at most once, whatever runs twice."""
    due = Alarm.objects.open().filter(next_at__lte=at).order_by("next_at")
    return sum(_climb(key, at) for key in list(due.values_list("pk", flat=True)[:BATCH]))


def _climb(key: UUID, at: datetime) -> int:
    with transaction.atomic():
        rows = Alarm.objects.select_for_update(of=("self",)).select_related("case")
        alarm = rows.filter(pk=key, ended_at=None, next_at__lte=at).first()
        if alarm is None:
            return 0  # somebody else was faster, or it ended meanwhile
        unit = ring_above(alarm=alarm, why="late", at=at)
        alarm.loud_since = alarm.loud_since or at  # it sounds again, at all of them
        alarm.climbed_at = at
        clock(alarm)
        if unit is None:
            alarm.next_at = None  # nobody is above; those who know go on hearing it
        alarm.save()
        ledger.record(
            what="alarm climbed", room=ROOM, subject=alarm.case.reference, by="system", at=at,
            unit=unit or 0,
        )  # fmt: skip
    return 1
