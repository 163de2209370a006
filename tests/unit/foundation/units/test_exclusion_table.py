"""Who complains about whom, and who gets it: `tests/golden/exclusion.csv`, row by row."""

from __future__ import annotations

import pytest
from tests import paper

from mohalla.foundation.units.rules.exclusion import exclude
from mohalla.foundation.units.rules.owner import next_owner, owner_at
from mohalla.foundation.units.rules.recipients import recipient

NOON = paper.local("2026-11-17 12:00")
ROWS = paper.golden("exclusion")


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_row(row: dict[str, str]) -> None:
    book = paper.directory()
    excluded = exclude(
        book,
        level=row["level"],
        named_units=paper.units(row["about"]),
        named_officers=paper.officers(row["about"]),
        matter_at=NOON,
        now=NOON,
    )
    assert paper.units(row["never_units"]) <= set(excluded.units)
    assert paper.officers(row["never_officers"]) <= set(excluded.officers)

    station = paper.UNIT[row["place"]] if row["place"] else None
    desk = recipient(
        book,
        desks=tuple(row["wanted"].split()),
        station=station,
        district=paper.DISTRICT,
        excluded=excluded,
    )
    assert desk is not None
    owner = owner_at(book, unit=desk.id, at=NOON, excluded=excluded)
    upper = next_owner(book, unit=desk.id, at=NOON, excluded=excluded)
    assert paper.told(owner) == row["receives"]
    assert paper.told(upper) == row["next"]


def test_the_table_is_whole() -> None:
    """Each level has rows, and no row names somebody who does not exist."""
    assert {row["level"] for row in ROWS} == {"grave", "service", "none"}
    known = set(paper.UNIT) | set(paper.OFFICER)
    for row in ROWS:
        for column in ("about", "never_units", "never_officers", "place"):
            assert set(row[column].split()) <= known, row["what"]
