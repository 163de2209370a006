"""Who owes the answer at that hour, and who is next: `tests/golden/owner.csv`, row by row."""

from __future__ import annotations

import pytest
from tests import paper

from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.foundation.units.rules.owner import next_owner, owner_at

ROWS = paper.golden("owner")


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_row(row: dict[str, str]) -> None:
    book = paper.directory(away=paper.officers(row["away"]))
    excluded = Exclusion(officers=dict.fromkeys(paper.officers(row["excluded"]), "named"))
    at, unit = paper.local(row["when"]), paper.UNIT[row["desk"]]

    owner = owner_at(book, unit=unit, at=at, beat=paper.BEAT.get(row["beat"]), excluded=excluded)

    assert paper.told(owner) == f"{row['desk']} {row['owner']}"
    assert paper.told(next_owner(book, unit=unit, at=at, excluded=excluded)) == row["next"]


def test_the_ladder_ends() -> None:
    """Every desk climbs to a top and never meets a desk twice."""
    book, at = paper.directory(), paper.local("2026-11-17 10:00")
    for unit in book.units:
        climbed, step = [unit], unit
        while (upper := next_owner(book, unit=step, at=at, climbed=frozenset(climbed))) is not None:
            assert upper.unit not in climbed
            climbed.append(upper.unit)
            step = upper.unit
        assert paper.CODE[step] in {"rpo-noorgarh", "mohtasib"}
