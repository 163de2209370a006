"""Who may agree with whom: `tests/golden/approvals.csv`, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import paper

from mohalla.foundation.approvals.rules import hands
from mohalla.foundation.approvals.rules.bodies import Body, body
from mohalla.foundation.approvals.rules.hands import Asked, Hand
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import Exclusion

NOON = paper.local("2026-11-17 12:00")
ROWS = paper.golden("approvals")


def people(codes: str) -> tuple[Hand, ...]:
    if not codes:
        return ()
    unit, officer = codes.split()
    return (Hand(officer=paper.OFFICER[officer], unit=paper.UNIT[unit]),)


def book(row: dict[str, str]) -> Directory:
    """The district as the row has it: away, related, and `hina member` or `hina away` by now."""
    made = paper.directory(away=paper.officers(row["away"]))
    if row["related"]:
        one, other = (paper.OFFICER[code] for code in row["related"].split())
        made = replace(made, relatives=frozenset({(one, other)}))
    if row["moved"]:
        who, how = row["moved"].split()
        changed = tuple(
            _moved(posting, how) if posting.officer == paper.OFFICER[who] else posting
            for posting in made.postings
        )
        made = replace(made, postings=changed)
    return made


def _moved(posting: object, how: str) -> object:
    return replace(posting, **({"ends_at": NOON} if how == "away" else {"role": how}))  # type: ignore[type-var]


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_row(row: dict[str, str]) -> None:
    state = hands.state(
        done=False, refused=False, expires_at=NOON + hands.LIFE,
        at=NOON + timedelta(hours=float(row["hours"])),
    )  # fmt: skip
    asked = Asked(
        hands=people(row["asks"]) + people(row["agreed"]),
        outside=row["class"] in {"C3", ""},
        of_unit=paper.UNIT.get(row["asked_of"]),
        state=state,
    )
    excluded = Exclusion(
        units=dict.fromkeys(paper.units(row["excluded"]), "excluded"),
        officers=dict.fromkeys(paper.officers(row["excluded"]), "excluded"),
    )
    answer = hands.agreeing(
        book(row), excluded, asked, people(row["agrees"])[0],
        NOON + timedelta(hours=float(row["hours"])), bodies=2,
    )  # fmt: skip
    assert (answer or "yes") == row["answer"]


def test_two_people_of_one_body_are_enough_only_where_that_was_set() -> None:
    pair = (*people("mohtasib farah"), *people("mohtasib zohra"))
    assert not hands.enough(paper.directory(), pair, bodies=2)
    assert hands.enough(paper.directory(), pair, bodies=1)
    assert not hands.enough(paper.directory(), pair[:1] * 2, bodies=1)


def test_an_independent_desk_under_a_commander_is_not_outside() -> None:
    made = paper.directory()
    mohtasib = paper.UNIT["mohtasib"]
    assert body(made, mohtasib) == Body(top=mohtasib, outside=True)
    under = replace(made.units[mohtasib], reports_to=paper.UNIT["dpo-sangbagh"])
    leaned_on = replace(made, units=made.units | {mohtasib: under})
    assert body(leaned_on, mohtasib) == Body(top=paper.UNIT["rpo-noorgarh"], outside=False)


def test_two_regions_are_two_bodies() -> None:
    made = paper.directory()
    dpo = paper.UNIT["dpo-sangbagh"]
    parted = replace(made, units=made.units | {dpo: replace(made.units[dpo], reports_to=None)})
    assert body(parted, paper.UNIT["thana-chinar"]).top == dpo
    assert body(parted, paper.UNIT["rpo-noorgarh"]).top == paper.UNIT["rpo-noorgarh"]
    of_force = Asked(
        hands=people("rpo-noorgarh asad"), outside=True, of_unit=dpo, state=hands.WAITING
    )
    haroon = people("dpo-sangbagh haroon")[0]
    inside = hands.agreeing(parted, Exclusion(), of_force, haroon, NOON, bodies=2)
    plain = hands.agreeing(
        parted, Exclusion(), replace(of_force, outside=False), haroon, NOON, bodies=2
    )
    assert (inside, plain) == ("inside", "")
