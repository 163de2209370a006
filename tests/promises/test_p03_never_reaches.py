"""P03: whoever I complain about never gets my report: not the page of it, and not its key."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drawn import NOW, OUTSIDE, THEN, chain, in_force, matters

from mohalla.foundation import catalogue
from mohalla.foundation.catalogue import Category
from mohalla.foundation.units.rules.directory import Directory
from mohalla.station.casework.rules.routing import Matter, route
from mohalla.station.casework.rules.sealing import seal_to

DRAWN = int(os.environ.get("P03_DISTRICTS", "600"))


def about_police(exclusion: str) -> list[Category]:
    book = catalogue.get().categories.values()
    return [row for row in book if row.about_police and row.exclusion == exclusion]


def under_complaint(book: Directory, units: frozenset[int], officers: frozenset[int]) -> set[int]:
    """Own arithmetic: units named, units of those named, and every command above them."""
    named = set(units)
    for row in book.postings:
        if row.officer in officers and (in_force(row, THEN) or in_force(row, NOW)):
            named.add(row.unit)
    return {upper for unit in named for upper in chain(book, unit)}


def test_promise_P03_no_key_for_those_complained_about(figure: Callable[[str], None]) -> None:
    """Over drawn districts: neither owner, nor next owner, nor any key, nor half of the name."""
    seen = {"districts": 0, "keys": 0, "sealed": 0}

    @settings(max_examples=DRAWN, deadline=None, database=None, derandomize=True)
    @given(matters(), st.sampled_from(about_police("grave")), st.data())
    def over(
        drawn: tuple[Directory, frozenset[int], frozenset[int]],
        category: Category,
        data: st.DataObject,
    ) -> None:
        book, units, officers = drawn
        keyed = data.draw(st.sets(st.sampled_from(sorted(book.units)))) | {OUTSIDE}
        matter = Matter(
            category=category, place=None, station=None, district=1, named_units=units,
            named_officers=officers, matter_at=THEN,
        )  # fmt: skip
        routed = route(book, matter, at=NOW)
        against = under_complaint(book, units, officers)
        assert OUTSIDE not in against
        owners = {routed.owner.unit, routed.next_owner.unit if routed.next_owner else 0}
        assert not owners & against
        found = seal_to(book, routed, keyed=keyed, about_police=True)
        seen["districts"] += 1
        if found is None:
            return
        seen["sealed"] += 1
        seen["keys"] += len(found.desks)
        touched = {*found.desks, found.inner, found.outer} - {None}
        assert not touched & against
        assert touched <= keyed
        assert found.desks[0] == routed.owner.unit
        if found.outer is not None:  # two bodies, never twice the same
            assert (
                book.units[found.inner or 0].outside_force != book.units[found.outer].outside_force
            )

    over()
    assert seen["sealed"] > seen["districts"] / 2  # the positive twin: it does reach somebody
    figure(
        f"{seen['districts']} drawn districts, {seen['keys']} keys in {seen['sealed']} sealed "
        "reports: none to a named unit, its chain, or a unit of a named officer"
    )


def test_promise_P03_where_nobody_is_named_only_outside(figure: Callable[[str], None]) -> None:
    """It can be about any of them: the force gets no key, a matter that is not about it reaches it."""
    kept = 0

    @settings(max_examples=DRAWN // 2, deadline=None, database=None, derandomize=True)
    @given(matters(), st.sampled_from(about_police("grave")))
    def over(drawn: tuple[Directory, frozenset[int], frozenset[int]], category: Category) -> None:
        nonlocal kept
        book = drawn[0]
        matter = Matter(
            category=category, place=None, station=None, district=1, matter_at=THEN
        )  # fmt: skip
        routed = route(book, matter, at=NOW)
        found = seal_to(book, routed, keyed=set(book.units), about_police=True)
        if found is not None:
            assert all(book.units[unit].outside_force for unit in found.desks)
            kept += 1
        ours = replace(category, about_police=False, exclusion="none", desks=("dpo", "independent"))
        twin = seal_to(
            book, route(book, replace(matter, category=ours), at=NOW), keyed=set(book.units),
            about_police=False,
        )  # fmt: skip
        assert twin is not None

    over()
    assert kept
    figure(f"{kept} complaints that name nobody: keys of bodies outside the force only")
