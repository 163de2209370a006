"""How a desk sees an alarm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mohalla.foundation import seal
from mohalla.foundation.places import queries as places
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import names
from mohalla.station.casework.dossier import contact_rules
from mohalla.station.casework.models.case import ROOM
from mohalla.station.response import queries
from mohalla.station.response.models import Alarm, ChildSearch

NEAR = ("station", "womens_desk", "beat_post")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One alarm in a list: nothing of what was said."""

    alarm: Alarm
    place: str
    loud: bool
    state: str


def lines(viewer: Viewer, language: str, at: datetime) -> list[Line]:
    """Open alarms of the viewer's desks, loud ones first."""
    return [
        Line(
            alarm=alarm,
            place=alarm.case.place.name(language) if alarm.case.place else "",
            loud=alarm.loud_since is not None,
            state=state(alarm),
        )
        for alarm in queries.open_at(viewer)
    ]


def state(alarm: Alarm) -> str:
    """Where it stands, in a few words."""
    if alarm.duress_at is not None:
        return _("DURESS: said to be safe, with the warning word")
    if alarm.ended_at is not None:
        return _("over")
    if alarm.safe_at is not None:
        return _("says: I am safe. Speak with the person")
    if alarm.arrived_at is not None:
        return _("somebody is there")
    if alarm.on_way_at is not None:
        return _("somebody is on the way")
    if alarm.seen_at is not None:
        return _("seen, nobody has set out")
    return _("nobody has seen it")


def page(alarm: Alarm, viewer: Viewer, language: str, at: datetime) -> dict[str, Any]:
    """All that one needs to go there. The number only for whoever has taken it."""
    directory = units.directory()
    report = alarm.case.report
    readable = reports.readable(report)
    mine = alarm.rings.filter(unit__in=viewer.units).exclude(note="").first()
    spot = queries.spot(alarm)
    near = places.place_at(spot.lat, spot.lon, at) if spot else None
    return {
        "alarm": alarm,
        "state": state(alarm),
        "place": alarm.case.place.name(language) if alarm.case.place else "",
        "landmark": reports.opened(report, report.landmark) if readable else "",
        "note": seal.unseal(mine.note) if mine else "",
        "spot": spot,
        "near": near.name(language) if near else "",
        "contact": contact_rules(report, shown=alarm.seen_at is not None),
        "officer": names.officer(directory, alarm.officer_id, language),
        "unit": names.unit(directory, alarm.unit_id, language),
        "whole": queries.is_case_open_to(viewer, alarm),
        "search": ChildSearch.objects.filter(case=alarm.case).first(),
        "rings": _rings(alarm, directory, language),
        "alarm_officer": viewer.officer,
        "near_desks": near_desks(alarm, directory, language),
    }


def near_desks(alarm: Alarm, directory: Directory, language: str) -> list[tuple[str, str]]:
    """Desks that can be sent: of the district, not kept out, not rung already."""
    excluded = units.barred(room=ROOM, subject=alarm.case.reference)
    rung = set(alarm.rings.values_list("unit_id", flat=True))
    home = next((directory.units[unit].district for unit in rung), None)
    return [
        (str(fact.id), names.unit(directory, fact.id, language))
        for fact in directory.units.values()
        if fact.kind in NEAR
        and fact.district == home
        and fact.id not in rung
        and excluded.allows_unit(fact.id)
    ]


def _rings(alarm: Alarm, directory: Directory, language: str) -> list[tuple[str, datetime, str]]:
    why = {
        "raised": _("first"), "late": _("not answered in time"), "sent": _("sent"),
        "duress": _("duress"), "moved": _("has the case now"),
        "child": _("a child is missing"),
    }  # fmt: skip
    return [
        (names.unit(directory, ring.unit_id, language), ring.since_at, why.get(ring.why, ""))
        for ring in alarm.rings.order_by("since_at")
    ]
