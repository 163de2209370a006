"""Show where she is, as long as she wants."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import seal
from mohalla.station.casework.models import Case
from mohalla.station.response.models import Alarm, LivePlace

MOST_RADIUS = 50_000  # metres; a phone that knows no better says nothing


def show_place(*, case: Case, lat: float, lon: float, radius: float, at: datetime) -> bool:
    """Keep the latest place of an open alarm; False where none is open."""
    alarm = Alarm.objects.filter(case=case).open().first()
    if alarm is None:
        return False
    told = f"{lat:.5f},{lon:.5f},{min(max(radius, 0), MOST_RADIUS):.0f}"
    with transaction.atomic():
        LivePlace.objects.update_or_create(
            alarm=alarm, defaults={"sealed": seal.seal(told), "at": at}
        )
    return True


def stop_place(*, case: Case, at: datetime) -> None:
    """She shows it no more: what we had goes at once."""
    LivePlace.objects.filter(alarm__case=case).delete()
