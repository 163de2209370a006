"""Who works where, and who answers for a mohalla: from the directory, for one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mohalla.foundation.people.models.officer import Rank
from mohalla.foundation.places.models import Place
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import DutyHours, Leave, Posting, Unit
from mohalla.foundation.units.models.posting import Role
from mohalla.foundation.units.rules.directory import Directory
from mohalla.station.casework import names
from mohalla.station.presence.forms import WEEKDAYS

OFFICER_OF = "beat_officer"


@dataclass(frozen=True, kw_only=True)
class Card:
    """The public card of a mohalla: rank and desk; the name only where the unit shows names."""

    place: str
    rank: str
    name: str
    desk: str
    phone: str
    women: str  # the women's desk of the district, if there is one
    languages: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Posted:
    """One posting as a row of the list."""

    key: int
    officer: str
    role: str
    beat: str
    hours: list[str]
    since: datetime
    away: bool


def card(place: Place, *, at: datetime, language: str) -> Card:
    """Who is posted to the beat of this mohalla. Says nothing about who is on duty just now."""
    directory = units.directory()
    beat = directory.beat_of(place.pk)
    station = beat.station if beat else None
    posted = [
        row
        for row in (directory.postings_at(station, at) if station else [])
        if beat and row.beat == beat.id and row.role == OFFICER_OF
    ]
    first = min(posted, key=lambda row: row.starts_at, default=None)
    fact = directory.officers[first.officer] if first else None
    shown = bool(station and directory.units[station].names_shown)
    unit = Unit.objects.filter(pk=station).first() if station else None
    return Card(
        place=place.name(language),
        rank=str(Rank(fact.rank).label) if fact else "",
        name=(fact.names.get(language) or fact.names["ur"]) if fact and shown else "",
        desk=names.unit(directory, station, language),
        phone=unit.phone if unit else "",
        women=_womens_desk(directory, place, language),
        languages=fact.languages if fact else (),
    )


def _womens_desk(directory: Directory, place: Place, language: str) -> str:
    desks = [row for row in directory.units.values() if row.kind == "womens_desk"]
    near = [row for row in desks if row.district == place.parent_id]
    return names.unit(directory, near[0].id, language) if near else ""


def posted(
    only: frozenset[int] | None, *, at: datetime, language: str
) -> list[tuple[str, list[Posted]]]:
    """(unit, its postings now), all units or only these; two statements."""
    directory = units.directory()
    rows: dict[int, list[Posted]] = {
        key: [] for key in directory.units if only is None or key in only
    }
    found = Posting.objects.at(at).filter(unit__in=rows).select_related("beat")
    for row in found.prefetch_related("duty_hours").order_by("role", "starts_at"):
        rows[row.unit_id].append(_posted(row, directory, at, language))
    return [(names.unit(directory, key, language), postings) for key, postings in rows.items()]


def _posted(row: Posting, directory: Directory, at: datetime, language: str) -> Posted:
    beat = row.beat
    return Posted(
        key=row.pk,
        officer=names.officer(directory, row.officer_id, language),
        role=str(Role(row.role).label),
        beat=(beat.name_en if language == "en" else beat.name_ur) if beat else "",
        hours=[_hours(hours) for hours in row.duty_hours.all()],
        since=row.starts_at,
        away=directory.away(row.officer_id, at),
    )


def _hours(row: DutyHours) -> str:
    """The days by name, and from when until when; the same time twice is round the clock."""
    days = _("every day") if len(set(row.weekdays)) == len(WEEKDAYS) else _days(row.weekdays)
    if row.starts == row.ends:
        return _("{days}, round the clock").format(days=days)
    return f"{days} \u2066{row.starts:%H:%M}–{row.ends:%H:%M}\u2069"


def _days(digits: str) -> str:
    return _(", ").join(str(name) for digit, name in WEEKDAYS if digit in digits)


def leaves(*, at: datetime) -> list[Leave]:
    """Leave and suspension in force now."""
    return [
        row
        for row in Leave.objects.select_related("officer").order_by("-starts_at")
        if row.starts_at <= at and (row.ends_at is None or row.ends_at > at)
    ]
