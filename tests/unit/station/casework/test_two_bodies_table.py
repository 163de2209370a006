"""What lowers the protection of a matter: a table that a Muharrar can read."""

from __future__ import annotations

import itertools

import pytest

from mohalla.station.casework.rules import two_bodies

HERE, THERE = 1, 2


@pytest.mark.parametrize(
    ("was", "to", "lowers"),
    [
        # class, who may never receive it, desk: before, after
        (("C2", "none", HERE), ("C2", "none", HERE), False),
        (("C2", "none", HERE), ("C2", "none", THERE), False),
        (("C2", "none", HERE), ("C1", "none", HERE), True),
        (("C1", "none", HERE), ("C2", "none", HERE), False),
        (("C3", "grave", HERE), ("C2", "grave", HERE), True),
        (("C3", "grave", HERE), ("C1", "none", HERE), True),
        (("C3", "grave", HERE), ("C3", "service", HERE), True),
        (("C3", "service", HERE), ("C3", "none", HERE), True),
        (("C3", "service", HERE), ("C3", "grave", HERE), False),
        (("C3", "grave", HERE), ("C3", "grave", HERE), False),
        (("C3", "grave", HERE), ("C3", "grave", THERE), True),
        (("C3", "grave", None), ("C3", "grave", THERE), True),
        (("C2", "service", HERE), ("C3", "none", HERE), True),
        (("C2", "none", HERE), ("C3", "grave", THERE), False),
        (("C1", "service", HERE), ("C1", "none", THERE), True),
    ],
)
def test_lower_class_fewer_excluded_or_a_c3_moved(
    was: tuple[str, str, int | None], to: tuple[str, str, int], lowers: bool
) -> None:
    assert two_bodies.lowers(classified=True, was=was, to=to) is lowers


def test_the_first_category_lowers_nothing() -> None:
    places = list(itertools.product(("C1", "C2", "C3"), two_bodies.LEVELS, (HERE, THERE)))
    for was, to in itertools.product(places, places):
        assert two_bodies.lowers(classified=False, was=was, to=to) is False


@pytest.mark.parametrize(("sensitivity", "two"), [("C1", False), ("C2", False), ("C3", True)])
def test_only_a_complaint_about_the_powerful_needs_two_to_move(sensitivity: str, two: bool) -> None:
    assert two_bodies.moving_needs_two(sensitivity) is two


def test_who_is_refused_hears_what_to_ask_for() -> None:
    assert two_bodies.TwoBodiesNeeded("reroute").act == "reroute"
