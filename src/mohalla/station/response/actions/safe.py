"""She says that she is safe; with her other word it is the opposite, and only we can tell."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation.ledger import actions as ledger
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.response.actions.ring import clock, ring_above
from mohalla.station.response.models import Alarm


def say_safe(*, case: Case, duress: bool, door: str, at: datetime) -> bool:
    """Whether an alarm was open. The history says the same of both words: it is shown to whoever
    holds her receipt. What differs is at our side: the desks hear it, and one desk more."""
    with transaction.atomic():
        rows = Alarm.objects.select_for_update(of=("self",)).select_related("case")
        alarm = rows.filter(case=case, ended_at=None).first()
        if alarm is None:
            return False
        alarm.safe_at = at
        if duress:
            alarm.duress_at = alarm.duress_at or at
            alarm.loud_since, alarm.climbed_at = at, at
            ring_above(alarm=alarm, why="duress", at=at)
        elif alarm.duress_at is None:
            alarm.loud_since = None
        clock(alarm)
        alarm.save()
        ledger.record(
            what="alarm safe", room=ROOM, subject=case.reference, by="reporter", at=at, door=door
        )
    return True
