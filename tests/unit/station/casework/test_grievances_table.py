"""When a petition is offered, and why: `tests/golden/grievances.csv`, row by row."""

from __future__ import annotations

import pytest
from tests import paper

from mohalla.foundation import catalogue
from mohalla.station.casework.rules.grievances import grievance

ROWS = paper.golden("grievances")


@pytest.mark.parametrize("row", ROWS, ids=[" | ".join(row.values()) for row in ROWS])
def test_row(row: dict[str, str]) -> None:
    found = grievance(
        matter=row["matter"],
        records=row["records"].split(),
        broken=row["broken"].split(),
        closing=row["closing"],
    )
    assert found == row["grievance"]


def test_every_grievance_stands_in_the_catalogue_and_the_table() -> None:
    known = set(catalogue.get().grievances)
    assert {row["grievance"] for row in ROWS} - {""} == known
