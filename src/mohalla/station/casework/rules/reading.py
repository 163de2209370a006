"""How much one person may read before somebody outside looks at it. Numbers, not judgements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from mohalla.foundation import clock

ONE_READING = timedelta(minutes=15)  # a case without confidence, opened again within it: the same
WINDOW = timedelta(hours=1)
MOST = {"C1": 120, "C2": 20, "C3": 20}  # different cases of a class (C2 and C3 together) in it
NIGHT = range(5)  # hours in the district
MANY = 5  # confidential cases in one night

BULK, AT_NIGHT = "bulk", "night"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`subject` was opened by `officer`; `confidential` is C2 or C3."""

    officer: int
    subject: str
    at: datetime
    confidential: bool


@dataclass(frozen=True, kw_only=True)
class Odd:
    """What somebody outside should look at."""

    kind: str
    officer: int
    at: datetime
    cases: int


def too_many(sensitivity: str, opened: int) -> bool:
    """Whether one case more needs a purpose; `opened`: different ones of the class in the window."""
    return opened >= MOST[sensitivity]


def odd(readings: Sequence[Reading]) -> list[Odd]:
    """Many different confidential cases in one hour, or in one night; newest first."""
    found: dict[tuple[str, int, str], Odd] = {}
    by_officer: dict[int, list[Reading]] = {}
    for reading in sorted(readings, key=lambda row: row.at):
        if reading.confidential:
            by_officer.setdefault(reading.officer, []).append(reading)
    for officer, rows in by_officer.items():
        for place, last in enumerate(rows):
            within = {row.subject for row in rows[: place + 1] if row.at > last.at - WINDOW}
            if len(within) >= MOST["C2"]:
                _put(found, BULK, officer, last.at, len(within))
            local = last.at.astimezone(clock.PKT)
            if local.hour in NIGHT:
                night = {
                    row.subject
                    for row in rows
                    if row.at.astimezone(clock.PKT).date() == local.date()
                    and row.at.astimezone(clock.PKT).hour in NIGHT
                }
                if len(night) >= MANY:
                    _put(found, AT_NIGHT, officer, last.at, len(night))
    return sorted(found.values(), key=lambda row: row.at, reverse=True)


def _put(
    found: dict[tuple[str, int, str], Odd], kind: str, officer: int, at: datetime, cases: int
) -> None:
    """One a day and kind, with the largest number."""
    day = (kind, officer, f"{at.astimezone(clock.PKT):%Y-%m-%d}")
    if day not in found or found[day].cases <= cases:
        found[day] = Odd(kind=kind, officer=officer, at=at, cases=cases)
