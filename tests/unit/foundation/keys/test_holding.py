"""Who keeps shares, who gets a key, and when one is due: the rules alone, on an invented directory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.safe import sealed, secret

from mohalla.foundation.keys.rules import holding, wire
from mohalla.foundation.keys.rules.wire import NotSealed
from mohalla.foundation.units.rules.directory import (
    AbsenceFact,
    Directory,
    OfficerFact,
    PostingFact,
    UnitFact,
)

NOON = datetime(2026, 3, 25, 7, tzinfo=UTC)
OWN, ABOVE, NEAR, FAR, OUTSIDE, OTHER_BODY = range(1, 7)
KINDS = {OUTSIDE: "independent", OTHER_BODY: "independent"}


def directory(*absent: int, bodies: tuple[int, ...] = (OUTSIDE,)) -> Directory:
    """Officer 10·n heads unit n, officer 10·n+1 is a member there; NEAR is below OWN's command."""
    units = [unit for unit in range(1, 7) if unit not in KINDS or unit in bodies]
    upper = {OWN: ABOVE}
    return Directory(
        units={
            n: UnitFact(id=n, code=str(n), kind=KINDS.get(n, "station"), district=1,
                        reports_to=upper.get(n))
            for n in units
        },
        officers={n: OfficerFact(id=n, rank="si") for n in range(100)},
        postings=tuple(
            PostingFact(officer=10 * n + i, unit=n, role="member" if i else "head",
                        starts_at=NOON - timedelta(days=9))
            for n in units for i in (0, 1)
        ),
        absences=tuple(AbsenceFact(officer=o, starts_at=NOON) for o in absent),
    )  # fmt: skip


ALL = tuple(10 * n + i for n in range(1, 7) for i in (0, 1))


def test_shares_go_outside_first_then_away_from_the_chain_one_to_a_desk() -> None:
    assert holding.keepers(directory(), OWN, ALL, NOON) == [50, 30, 40]
    assert holding.keepers(directory(50, 30), OWN, ALL, NOON) == [51, 31, 40]
    few = [11, 20, 51]  # only the commander is left in the force: better than none
    assert holding.keepers(directory(), OWN, few, NOON) == [51, 20]


@pytest.mark.parametrize(
    "keyed,bodies",
    [((30, 40, 20), (OUTSIDE,)), ((50,), (OUTSIDE,)), (ALL, ()), ((10, 11), (OUTSIDE,))],
    ids=["nobody outside", "one alone", "no body outside", "own desk only"],
)
def test_no_shares_where_they_would_not_be_safe(
    keyed: tuple[int, ...], bodies: tuple[int, ...]
) -> None:
    assert holding.keepers(directory(bodies=bodies), OWN, keyed, NOON) == []


def test_the_force_keeps_no_share_of_a_body_outside_it() -> None:
    assert holding.keepers(directory(), OUTSIDE, ALL, NOON) == []
    both = directory(bodies=(OUTSIDE, OTHER_BODY))
    assert holding.keepers(both, OUTSIDE, ALL, NOON) == [], "one other body is one share: too few"
    assert holding.keepers(both, OWN, ALL, NOON)[:2] == [50, 60]


def test_members_are_those_at_work() -> None:
    assert holding.members(directory(), OWN, NOON) == {10, 11}
    assert holding.members(directory(11), OWN, NOON) == {10}


@pytest.mark.parametrize(
    "in_force,held,may", [(False, False, True), (True, False, False), (False, True, False)]
)
def test_who_may_begin_anew(in_force: bool, held: bool, may: bool) -> None:
    assert holding.may_make(in_force=in_force, held=held) is may


@pytest.mark.parametrize(
    "left,revoked,shares,needed,found",
    [
        (False, False, 3, 2, []),
        (False, False, 2, 2, []),
        (False, False, 1, 2, ["short"]),
        (False, False, 0, 0, []),
        (True, True, 3, 2, ["left", "revoked"]),
    ],
)
def test_why_a_key_must_give_way(
    left: bool, revoked: bool, shares: int, needed: int, found: list[str]
) -> None:
    assert holding.reasons(left=left, revoked=revoked, shares=shares, needed=needed) == found


def test_only_public_and_sealed_things_are_taken_from_a_browser() -> None:
    own = secret()
    public, text = str(own.to_public()), sealed("words", str(own.to_public()))
    assert wire.recipient(public) == public
    assert wire.sealed(text.replace("\n", "\r\n")) == text
    other = "q" if public[-1] != "q" else "p"
    for told in (str(own), public[:-1] + other, "", None, ["x"], public + " "):
        with pytest.raises(NotSealed):
            wire.recipient(told)
    for told in (str(own), text + str(own), str(own) + "\n" + text, "", None, text * 60, {}):
        with pytest.raises(NotSealed):
            wire.sealed(told)
    for boxes in ([], {"x": text}, {"0" * 32: "words"}, None):
        with pytest.raises(NotSealed):
            wire.sealed_for(boxes)
