"""What this room does when casework says something; connected in `site/wiring.py`."""

from __future__ import annotations

from mohalla.station.casework import events as casework
from mohalla.station.casework.models import Case
from mohalla.station.response.actions.child import search_child
from mohalla.station.response.actions.raise_alarm import raise_alarm
from mohalla.station.response.actions.ring import ring
from mohalla.station.response.models import Alarm, ChildSearch, LivePlace


def danger_told(event: casework.DangerTold) -> None:
    """Somebody is in danger now, whatever door said so."""
    case = Case.objects.get(pk=event.case)
    raise_alarm(case=case, door=event.door, at=event.at)


def child_missing(event: casework.ChildMissing) -> None:
    """The first two hours run from the report."""
    case = Case.objects.get(pk=event.case)
    search_child(case=case, door=event.door, at=event.at)


def new_owner(event: casework.NewOwner) -> None:
    """Whoever gets the case hears its alarm."""
    alarm = Alarm.objects.filter(case=event.case).open().select_related("case").first()
    if alarm is not None and alarm.case.unit_id is not None:
        ring(alarm=alarm, unit=alarm.case.unit_id, why="moved", at=event.at)


def closed(event: casework.Closed) -> None:
    """Nothing sounds about what has ended."""
    Alarm.objects.filter(case=event.case).open().update(
        ended_at=event.at, ending="closed", loud_since=None, next_at=None
    )
    ChildSearch.objects.filter(case=event.case).update(next_at=None)
    LivePlace.objects.filter(alarm__case=event.case).delete()
