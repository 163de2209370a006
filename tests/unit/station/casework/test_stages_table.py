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


def test_the_way_shows_only_where_the_case_has_been() -> None:
    line = stages.line("cognizable", now="fir_recorded", been={"received", "fir_recorded"})
    assert line[:2] == [(("received",), "done"), (("fir_recorded",), "now")]
    assert (stages.ENDS, "next") in line


def test_ends_that_exclude_each_other_are_never_all_done() -> None:
    been = {"received", "contacted", "fir_recorded", "investigation", "untraced", "closed"}
    line = stages.line("cognizable", now="closed", been=been)
    assert [codes for codes, state in line if state == "done"] == [
        ("received",), ("contacted",), ("fir_recorded",), ("investigation",), ("untraced",),
    ]  # fmt: skip
    ahead = stages.line("cognizable", now="challan", been=been)
    assert [codes for codes, state in ahead if state == "next"] == [
        ("outcome_proposed",), ("closed",),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "before,to,said",
    [
        ("outcome_proposed", "fir_recorded", "reopened"),
        ("closed", "contacted", "reopened"),
        ("outcome_proposed", "closed", "closed"),
        ("closed", "outcome_proposed", "outcome_proposed"),
        ("investigation", "fir_recorded", "fir_recorded"),
        ("", "received", "received"),
    ],
)
def test_what_a_move_is_called(before: str, to: str, said: str) -> None:
    assert stages.shown_move(before, to) == said
