"""Who opened what: for the reporter of a case, and for the body outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from mohalla.foundation import seal
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.actions.read import (
    ALARM,
    EXPORTED,
    NUMBER,
    PURPOSE,
    READ,
    SEARCHED,
    TAKEN,
)
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules import reading
from mohalla.station.casework.rules.custody import BUNDLED
from mohalla.station.casework.rules.reading import Odd, Reading

LOOKED_BACK = timedelta(days=30)
MOST = 50_000  # readings looked at; an hour's limit keeps far below it


@dataclass(frozen=True, kw_only=True)
class Opened:
    """One person's readings of one case: first and last time, how often, and what was taken."""

    officer: int
    unit: int
    first: datetime
    last: datetime
    times: int
    taken: int
    exported: int
    numbers: int  # how often the number was opened, to call
    searched: int  # how often its sealed words were looked through for others


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A purpose that somebody stated to read more than usual."""

    officer: int
    at: datetime
    purpose: str


def of_case(case: Case) -> list[Opened]:
    """By person and desk, the last one first."""
    rows = Entry.objects.filter(
        room=ROOM,
        subject=case.reference,
        what__in=(ALARM, READ, TAKEN, EXPORTED, BUNDLED, NUMBER, SEARCHED),
    ).order_by("at")
    found: dict[tuple[int, int], list[Entry]] = {}
    for row in rows:
        officer = _officer(row.by)
        if officer:
            found.setdefault((officer, int(row.facts.get("unit") or 0)), []).append(row)
    opened = [
        Opened(
            officer=officer, unit=unit, first=of[0].at, last=of[-1].at, times=len(of),
            taken=sum(row.what in {TAKEN, BUNDLED} for row in of),
            exported=sum(row.what == EXPORTED for row in of),
            numbers=sum(row.what == NUMBER for row in of),
            searched=sum(row.what == SEARCHED for row in of),
        )
        for (officer, unit), of in found.items()
    ]  # fmt: skip
    return sorted(opened, key=lambda row: row.last, reverse=True)


def watches(directory: Directory, viewer: Viewer) -> bool:
    """Only a body outside the force looks at who reads."""
    return any(directory.units[unit].outside_force for unit in viewer.units)


def odd(*, at: datetime) -> list[Odd]:
    """Odd readings of the last thirty days."""
    rows = Entry.objects.filter(
        what=READ, at__gt=at - LOOKED_BACK, facts__confidential=True
    ).order_by("-at")[:MOST]
    return reading.odd(
        [
            Reading(officer=_officer(row.by), subject=row.subject, at=row.at, confidential=True)
            for row in rows
        ]
    )


def stated(*, at: datetime) -> list[Stated]:
    """Purposes of the last thirty days, newest first."""
    rows = Entry.objects.filter(
        room=ROOM, subject="desk", at__gt=at - LOOKED_BACK, what=PURPOSE
    ).order_by("-at")
    return [
        Stated(officer=_officer(row.by), at=row.at, purpose=seal.unseal(row.facts["purpose"]))
        for row in rows
    ]


def _officer(by: str) -> int:
    kind, _colon, number = by.partition(":")
    return int(number) if kind == "officer" and number.isdecimal() else 0
