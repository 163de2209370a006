"""How a call for help stands, for whoever made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mohalla.foundation.people.models.officer import Rank
from mohalla.foundation.units import queries as units
from mohalla.station.casework.models import Case
from mohalla.station.response import queries
from mohalla.station.response.models import Alarm, ChildSearch


@dataclass(frozen=True, kw_only=True)
class Line:
    """One of the steps of an answer: its name, and when, if it has come."""

    name: str
    at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Helped:
    """`rings`: whether anybody hears it. Both of her words for "safe" look the same here."""

    rings: bool
    over: bool
    lines: tuple[Line, ...]
    place: str
    shows_place: bool


def seen(case: Case, language: str, at: datetime) -> Helped:
    """Where it stands; never who was rung: some of them may be those she fears."""
    alarm = queries.of_case(case)
    return Helped(
        rings=alarm is not None and (alarm.ended_at is not None or queries.rings(alarm, at=at)),
        over=alarm is not None and alarm.ended_at is not None,
        lines=_lines(alarm),
        place=case.place.name(language) if case.place else "",
        shows_place=alarm is not None and queries.live_place(alarm).exists(),
    )


def told(case: Case) -> dict[str, str]:
    """The same for the script of the page: an empty string where it has not come."""
    alarm = queries.of_case(case)
    steps = {"seen": "seen_at", "coming": "on_way_at", "there": "arrived_at", "over": "ended_at"}
    return {
        name: at.isoformat() if alarm and (at := getattr(alarm, field)) else ""
        for name, field in steps.items()
    }


def liaison(case: Case, language: str, at: datetime) -> str:
    """Who speaks with the family of a missing child: rank and desk. Empty where nobody has said so."""
    row = ChildSearch.objects.filter(case=case).exclude(liaison=None).first()
    if row is None or row.liaison_id is None:
        return ""
    directory = units.directory()
    officer = directory.officers[row.liaison_id]
    desk = next((posting.unit for posting in directory.postings_of(officer.id, at)), None)
    where = directory.units[desk].names.get(language, "") if desk else ""
    return f"{Rank(officer.rank).label}, {where}" if where else str(Rank(officer.rank).label)


def _lines(alarm: Alarm | None) -> tuple[Line, ...]:
    return (
        Line(name=_("Called"), at=alarm.raised_at if alarm else None),
        Line(name=_("Seen by an officer"), at=alarm.seen_at if alarm else None),
        Line(name=_("On the way"), at=alarm.on_way_at if alarm else None),
        Line(name=_("There"), at=alarm.arrived_at if alarm else None),
    )
