"""What a duty officer does about an alarm: see, go, be there, send somebody nearer, end it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.models.case import ROOM
from mohalla.station.response import queries
from mohalla.station.response.actions.ring import clock, ring
from mohalla.station.response.events import AlarmMoved
from mohalla.station.response.models import Alarm

MET, SPOKE = "met", "spoke"
ENDINGS = (MET, SPOKE)


class AlarmOver(Exception):
    """It has ended already."""


class Unreachable(Exception):
    """That desk may not have it, or is not there."""


def see(*, alarm: Alarm, viewer: Viewer, at: datetime) -> Alarm:
    """Somebody is on it: it sounds no more. Who and when stays."""
    with transaction.atomic():
        row = _locked(alarm)
        first = row.seen_at is None
        if not first and row.loud_since is None:
            return row
        row.seen_at, row.loud_since = row.seen_at or at, None
        if row.on_way_at is None:
            _taken_by(row, viewer)
        return _kept(row, "alarm seen", viewer, at, told="seen" if first else "")


def go(*, alarm: Alarm, viewer: Viewer, at: datetime) -> Alarm:
    """This officer sets out, or says that the desk's people do."""
    with transaction.atomic():
        row = _locked(alarm)
        first = row.on_way_at is None
        row.seen_at, row.loud_since, row.on_way_at = row.seen_at or at, None, row.on_way_at or at
        _taken_by(row, viewer)
        return _kept(row, "alarm on the way", viewer, at, told="coming" if first else "")


def arrive(*, alarm: Alarm, viewer: Viewer, at: datetime) -> Alarm:
    """Somebody is there. Nothing climbs any more; it ends when she has been met or spoken with."""
    with transaction.atomic():
        row = _locked(alarm)
        row.seen_at, row.on_way_at = row.seen_at or at, row.on_way_at or at
        row.loud_since, row.arrived_at = None, row.arrived_at or at
        _taken_by(row, viewer)
        return _kept(row, "alarm arrived", viewer, at)


def send(*, alarm: Alarm, unit: int, note: str, viewer: Viewer, at: datetime) -> Alarm:
    """Ring at a nearer desk: it gets the place and the way to reach her, never her words.

    Raises `Unreachable` for a desk that is excluded from the matter.
    """
    directory = units.directory()
    excluded = units.barred(room=ROOM, subject=alarm.case.reference)
    if unit not in directory.units or not excluded.allows_unit(unit):
        raise Unreachable(unit)
    with transaction.atomic():
        row = _locked(alarm)
        if ring(alarm=row, unit=unit, why="sent", at=at, note=note):
            row.loud_since = row.loud_since or at
            row.climbed_at = at
        return _kept(row, "alarm sent on", viewer, at, unit=unit)


def end(*, alarm: Alarm, viewer: Viewer, how: str, at: datetime) -> Alarm:
    """`how`: met her, or spoke with her. Her word alone ends nothing: it may not have been free."""
    if how not in ENDINGS:
        raise ValueError(how)
    with transaction.atomic():
        row = _locked(alarm)
        row.ended_at, row.ending, row.loud_since = at, how, None
        queries.live_place(row).delete()
        return _kept(row, f"alarm ended {how}", viewer, at, told="over")


def _locked(alarm: Alarm) -> Alarm:
    row = (
        Alarm.objects.select_for_update(of=("self",)).select_related("case").filter(pk=alarm.pk)
    ).get()
    if row.ended_at is not None:
        raise AlarmOver(row.pk)
    return row


def _taken_by(row: Alarm, viewer: Viewer) -> None:
    row.officer_id = viewer.officer
    mine = row.rings.filter(unit__in=viewer.units).order_by("level", "since_at")
    row.unit_id = mine.values_list("unit_id", flat=True).first() or row.unit_id


def _kept(
    row: Alarm, what: str, viewer: Viewer, at: datetime, *, told: str = "", **facts: int
) -> Alarm:
    clock(row)
    row.save()
    ledger.record(what=what, room=ROOM, subject=row.case.reference, by=viewer.by, at=at, **facts)
    if told:
        events.publish(AlarmMoved(alarm=row.pk, case=row.case_id, what=told, at=at))
    return row
