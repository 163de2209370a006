"""The demonstration district as values, for tests that need no database; and the golden tables."""

from __future__ import annotations

import csv
from collections.abc import Collection
from datetime import UTC, date, datetime, time
from pathlib import Path

from mohalla.foundation.units.rules.directory import (
    AbsenceFact,
    BeatFact,
    Directory,
    HoursFact,
    OfficerFact,
    PostingFact,
    UnitFact,
)
from mohalla.foundation.units.rules.owner import PKT, Owner
from mohalla.site.demo import district
from mohalla.site.demo.cast import OFFICERS

SINCE = datetime(2026, 1, 1, tzinfo=UTC)
UNIT = {row[0]: number for number, row in enumerate(district.UNITS, start=1)}
OFFICER = {row.code: number for number, row in enumerate(OFFICERS, start=101)}
BEAT = {row[0]: number for number, row in enumerate(district.BEATS, start=201)}
CODE = {number: code for book in (UNIT, OFFICER, BEAT) for code, number in book.items()}
DISTRICT = 900


def golden(name: str) -> list[dict[str, str]]:
    """Rows of `tests/golden/<name>.csv`, the first column as their title."""
    with (Path(__file__).parent / "golden" / f"{name}.csv").open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def local(text: str) -> datetime:
    """`2026-11-17 10:00` as people in the district read it."""
    return datetime.fromisoformat(text).replace(tzinfo=PKT)


def units(codes: str) -> frozenset[int]:
    return frozenset(UNIT[code] for code in codes.split() if code in UNIT)


def officers(codes: str) -> frozenset[int]:
    return frozenset(OFFICER[code] for code in codes.split() if code in OFFICER)


def told(owner: Owner | None) -> str:
    """`thana-chinar ali`, or `nobody`."""
    if owner is None:
        return "nobody"
    return f"{CODE[owner.unit]} {CODE[owner.officer] if owner.officer else 'nobody'}"


def directory(*, away: Collection[int] = ()) -> Directory:
    """Everybody of the cast, posted since the year began."""
    return Directory(
        units={
            UNIT[code]: UnitFact(
                id=UNIT[code], code=code, kind=kind, district=DISTRICT,
                reports_to=UNIT.get(above), office_days=days,
                escalates_to=UNIT["mohtasib"] if code == "triage-desk" else None,
            )
            for code, kind, above, _en, _ur, _ps, days in district.UNITS
        },
        officers={OFFICER[row.code]: OfficerFact(id=OFFICER[row.code], rank=row.rank)
                  for row in OFFICERS},
        postings=tuple(
            PostingFact(
                officer=OFFICER[row.code], unit=UNIT[row.unit], role=row.role,
                beat=BEAT.get(row.beat), starts_at=SINCE,
                hours=(HoursFact(weekdays=row.hours[0], starts=time.fromisoformat(row.hours[1]),
                                 ends=time.fromisoformat(row.hours[2]),
                                 from_on=date(2026, 1, 1)),) if row.hours else (),
            )
            for row in OFFICERS
        ),
        absences=tuple(AbsenceFact(officer=officer, starts_at=SINCE) for officer in away),
        beats=tuple(BeatFact(id=BEAT[code], station=UNIT[station], places=frozenset({BEAT[code]}))
                    for code, station, _en, _ur in district.BEATS),
    )  # fmt: skip
