"""Every read of an alarm: each takes the viewer, and what does not ring there is not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from mohalla.foundation import seal
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.response.models import Alarm, LivePlace
from mohalla.station.response.models.alarm import AlarmQuerySet

MOST = 50


class AlarmHidden(Exception):
    """Does not exist, or does not ring here: the same thing to the one who asks."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Degrees, and the radius in metres within which the phone believes to be."""

    lat: float
    lon: float
    radius: int
    at: datetime


def alarm_for(viewer: Viewer, key: UUID) -> Alarm:
    """The one door to an alarm from the desk; ended ones stay open for whoever was rung."""
    found = _rung(viewer).filter(pk=key).select_related("case__report", "case__place").first()
    if found is None:
        raise AlarmHidden(key)
    return found


def open_at(viewer: Viewer) -> list[Alarm]:
    """Open alarms of the viewer's desks, the loud ones first, then the newest: one statement."""
    rows = _rung(viewer).open().select_related("case__place", "unit")
    found = list(rows.order_by("-raised_at")[:MOST])
    return sorted(found, key=lambda row: row.loud_since is None)


def is_case_open_to(viewer: Viewer, alarm: Alarm) -> bool:
    """Whether the desk has the whole case, or only what one needs to go there."""
    cases = Case.objects.opened_by(officer=viewer.officer, units=set(viewer.units))
    return cases.filter(pk=alarm.case_id).exists()


def of_case(case: Case) -> Alarm | None:
    """The latest alarm about a case, for its reporter."""
    return Alarm.objects.filter(case=case).order_by("-raised_at").first()


def rings(alarm: Alarm, *, at: datetime) -> bool:
    """Whether anybody hears it: a desk that was rung has somebody who may, and is not away."""
    directory = units.directory()
    excluded = units.barred(room=ROOM, subject=alarm.case.reference)
    return any(
        excluded.allows_officer(posting.officer) and not directory.away(posting.officer, at)
        for unit in alarm.rings.values_list("unit_id", flat=True)
        for posting in directory.postings_at(unit, at)
    )


def live_place(alarm: Alarm) -> QuerySet[LivePlace]:
    return LivePlace.objects.filter(alarm=alarm)


def spot(alarm: Alarm) -> Spot | None:
    """Where she lets us see that she is."""
    row = live_place(alarm).first()
    if row is None:
        return None
    lat, lon, radius = seal.unseal(row.sealed).split(",")
    return Spot(lat=float(lat), lon=float(lon), radius=int(radius), at=row.at)


def _rung(viewer: Viewer) -> AlarmQuerySet:
    found: AlarmQuerySet = Alarm.objects.rung_at(officer=viewer.officer, units=viewer.units)
    return found
