"""Which move is allowed in which kind of matter: `tests/golden/stages.csv`, row by row."""

from __future__ import annotations

import pytest
from tests import paper

from mohalla.station.casework.rules import stages

ROWS = paper.golden("stages")


def allowed(matter: str | None, now: str, to: str) -> str:
    try:
        stages.check(matter, now=now, to=to, why="")
    except stages.NoSuchStage:
        return "no"
    except stages.ReasonMissing:
        stages.check(matter, now=now, to=to, why="the file came back from court")
        return "with a reason"
    return "yes"


@pytest.mark.parametrize(
    "row", ROWS, ids=[f"{row['matter']}: {row['from']} > {row['to']}" for row in ROWS]
)
def test_row(row: dict[str, str]) -> None:
    matter = None if row["matter"] == "not classified" else row["matter"]
    assert allowed(matter, row["from"], row["to"]) == row["allowed"]


def test_blank_words_are_no_reason() -> None:
    with pytest.raises(stages.ReasonMissing):
        stages.check("service", now="action", to="received", why=" \n")


def test_an_fir_is_a_stage_and_never_a_closure() -> None:
    for matter in ("cognizable", "cyber"):
        track = stages.track(matter)
        assert track.index("fir_recorded") < track.index("investigation") < track.index("closed")
