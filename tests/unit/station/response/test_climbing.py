"""When one desk more must hear an alarm, held against the table."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mohalla.station.response.actions.ring import minutes
from mohalla.station.response.rules.climbing import Standing, next_climb

GOLDEN = Path(__file__).parents[3] / "golden/alarm.csv"
RAISED = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
ROWS = list(csv.DictReader(GOLDEN.open(encoding="utf-8")))


def moment(minute: str) -> datetime | None:
    return RAISED + timedelta(minutes=int(minute)) if minute else None


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_each_row_climbs_when_the_table_says(row: dict[str, str]) -> None:
    standing = Standing(
        loud_since=moment(row["loud"]), seen_at=moment(row["seen"]),
        on_way_at=moment(row["on_way"]), arrived_at=moment(row["arrived"]),
        safe_at=moment(row["safe"]), duress_at=moment(row["duress"]),
        climbed_at=moment(row["climbed"]),
    )  # fmt: skip
    assert next_climb(standing, minutes()) == moment(row["climbs_at"])
