"""Units, officers, postings and rosters as values: what every rule below works on.

Moments are aware datetimes; weekly hours are wall-clock times in Pakistan (UTC+5, no DST).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

FORCE_OFFICES = ("sdpo", "sp_investigation", "dpo", "rpo")


@dataclass(frozen=True, kw_only=True)
class UnitFact:
    id: int
    code: str
    kind: str
    district: int
    reports_to: int | None = None
    escalates_to: int | None = None
    names: dict[str, str] = field(default_factory=dict)
    names_shown: bool = False
    office_days: int = 7

    @property
    def outside_force(self) -> bool:
        return self.kind == "independent"


@dataclass(frozen=True, kw_only=True)
class OfficerFact:
    id: int
    rank: str
    names: dict[str, str] = field(default_factory=dict)
    gender: str = ""
    languages: tuple[str, ...] = ()
    name_shown: bool = False


@dataclass(frozen=True, kw_only=True)
class HoursFact:
    weekdays: str
    starts: time
    ends: time
    from_on: date
    until_on: date | None = None

    def cover(self, local: datetime) -> bool:
        """Whether this weekly pattern covers a local moment, past midnight included."""
        clock = local.time()
        if self.starts < self.ends:
            return self._day(local.date()) and self.starts <= clock < self.ends
        yesterday = local.date() - timedelta(days=1)
        return (self._day(local.date()) and clock >= self.starts) or (
            self._day(yesterday) and clock < self.ends
        )

    def _day(self, day: date) -> bool:
        inside = self.from_on <= day and (self.until_on is None or day <= self.until_on)
        return inside and str(day.isoweekday()) in self.weekdays


@dataclass(frozen=True, kw_only=True)
class PostingFact:
    officer: int
    unit: int
    role: str
    starts_at: datetime
    ends_at: datetime | None = None
    beat: int | None = None
    hours: tuple[HoursFact, ...] = ()

    def at(self, moment: datetime) -> bool:
        return self.starts_at <= moment and (self.ends_at is None or moment < self.ends_at)


@dataclass(frozen=True, kw_only=True)
class AbsenceFact:
    officer: int
    starts_at: datetime
    ends_at: datetime | None = None

    def at(self, moment: datetime) -> bool:
        return self.starts_at <= moment and (self.ends_at is None or moment < self.ends_at)


@dataclass(frozen=True, kw_only=True)
class BeatFact:
    id: int
    station: int
    places: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class PlaceFact:
    """A mohalla by its code; an older state of it is another fact."""

    id: int
    code: str
    district: int | None
    valid_from: date
    valid_to: date | None = None

    def on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Directory:
    """One snapshot of who works where."""

    units: dict[int, UnitFact]
    officers: dict[int, OfficerFact]
    postings: tuple[PostingFact, ...]
    absences: tuple[AbsenceFact, ...] = ()
    beats: tuple[BeatFact, ...] = ()
    relatives: frozenset[tuple[int, int]] = frozenset()
    mohallas: tuple[PlaceFact, ...] = ()

    @cached_property
    def by_code(self) -> dict[str, UnitFact]:
        return {unit.code: unit for unit in self.units.values()}

    @cached_property
    def _by_place_code(self) -> dict[str, list[PlaceFact]]:
        rows: dict[str, list[PlaceFact]] = {}
        for place in self.mohallas:
            rows.setdefault(place.code, []).append(place)
        return rows

    def mohalla(self, code: str, day: date) -> PlaceFact | None:
        """The mohalla with that code as it stands on that day."""
        return next((row for row in self._by_place_code.get(code, []) if row.on(day)), None)

    @cached_property
    def _by_unit(self) -> dict[int, list[PostingFact]]:
        rows: dict[int, list[PostingFact]] = {unit: [] for unit in self.units}
        for posting in self.postings:
            rows[posting.unit].append(posting)
        return rows

    @cached_property
    def _by_officer(self) -> dict[int, list[PostingFact]]:
        rows: dict[int, list[PostingFact]] = {}
        for posting in self.postings:
            rows.setdefault(posting.officer, []).append(posting)
        return rows

    def postings_at(self, unit: int, at: datetime) -> list[PostingFact]:
        return [posting for posting in self._by_unit.get(unit, []) if posting.at(at)]

    def postings_of(self, officer: int, at: datetime) -> list[PostingFact]:
        return [posting for posting in self._by_officer.get(officer, []) if posting.at(at)]

    def away(self, officer: int, at: datetime) -> bool:
        return any(gap.officer == officer and gap.at(at) for gap in self.absences)

    def heads(self, unit: int, at: datetime) -> list[int]:
        return [row.officer for row in self.postings_at(unit, at) if row.role == "head"]

    def above(self, unit: int) -> Iterator[int]:
        """The chain of command over a unit, nearest first, the unit itself not included."""
        seen = {unit}
        upper = self.units[unit].reports_to
        while upper is not None and upper not in seen:
            yield upper
            seen.add(upper)
            upper = self.units[upper].reports_to

    def below(self, unit: int) -> set[int]:
        """Every unit that reports to it, directly or through others."""
        return {other for other in self.units if unit in set(self.above(other))}

    def beat_of(self, place: int) -> BeatFact | None:
        return next((beat for beat in self.beats if place in beat.places), None)

    def relatives_of(self, officers: set[int]) -> set[int]:
        found = set()
        for one, other in self.relatives:
            if one in officers:
                found.add(other)
            if other in officers:
                found.add(one)
        return found
