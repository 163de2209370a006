"""Due times, working days and reminders: `tests/golden/clocks.csv`, row by row."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

import pytest
from tests import paper

from mohalla.foundation.promises.rules import clocks

ROWS = paper.golden("clocks")


def span(text: str) -> timedelta:
    found = re.fullmatch(r"(\d+)h(\d+)?", text)
    assert found is not None, text
    return timedelta(hours=int(found[1]), minutes=int(found[2] or 0))


def calendar(words: list[str]) -> clocks.Calendar:
    """`off DAY …`, or `ramazan FIRST LAST` with offices open until 15:00, on Friday 12:30."""
    days = [date.fromisoformat(day) for day in words[1:]]
    if words[:1] == ["ramazan"]:
        season = clocks.Season(
            from_on=days[0], until_on=days[1], closes=time(15), friday_closes=time(12, 30)
        )
        return clocks.Calendar(seasons=(season,))
    return clocks.Calendar(holidays=frozenset(days))


def answer(row: dict[str, str]) -> str:
    made, words = paper.local(row["from"]), row["given"].split()
    if row["rule"] == "contact":
        hours = [int(part) for part in words[1].split("-")] if len(words) > 1 else [None, None]
        return f"{clocks.contact_due(made, span(words[0]), *hours):%Y-%m-%d %H:%M}"
    if row["rule"] == "working day":
        given = calendar(words[2:])
        return f"{clocks.working_day_after(made, int(words[0]), given):%Y-%m-%d %H:%M}"
    due = made + span(words[0])
    if row["rule"] == "reminders":
        moments = clocks.moments(made, due)
        assert moments["broken"] == due
        return f"{moments['half']:%Y-%m-%d %H:%M} and {moments['eighty']:%Y-%m-%d %H:%M}"
    assert row["rule"] == "clock"
    done = words[words.index("did") + 1 :] if "did" in words else []
    return " ".join(clocks.steps_due(made, due, made + span(words[2]), done)) or "nothing"


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['rule']}: {row['what']}" for row in ROWS])
def test_row(row: dict[str, str]) -> None:
    assert answer(row) == row["expected"]
