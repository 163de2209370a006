"""Raise the alarm about a case: it rings before anything else is asked."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation.ledger import actions as ledger
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.response.actions.ring import clock, ring
from mohalla.station.response.models import Alarm


def raise_alarm(*, case: Case, door: str, at: datetime) -> Alarm:
    """A second call about the same case makes the open alarm loud again; nothing is counted.

    It rings at every desk that has the case. Where nobody may have it, it rings nowhere, and
    `queries.rings` says so to whoever must tell her.
    """
    with transaction.atomic():
        alarm = Alarm.objects.select_for_update().filter(case=case).open().first()
        again = alarm is not None
        if alarm is None:
            alarm = Alarm(case=case, door=door, raised_at=at)
        alarm.loud_since, alarm.safe_at = alarm.loud_since or at, None
        clock(alarm)
        alarm.save()
        for unit in case.recipients.filter(until_at=None).values_list("unit_id", flat=True):
            ring(alarm=alarm, unit=unit, why="raised", at=at)
        what = "alarm again" if again else "alarm raised"
        ledger.record(what=what, room=ROOM, subject=case.reference, by="reporter", at=at, door=door)
    return alarm
