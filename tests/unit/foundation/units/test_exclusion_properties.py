"""Who may never receive a matter, over invented districts of any shape."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.drawn import DAY, FARAH, KINDS, NOW, OUTSIDE, THEN, chain, directories, in_force, matters

from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import GRAVE, NONE, SERVICE, Exclusion, exclude
from mohalla.foundation.units.rules.owner import next_owner, owner_at
from mohalla.foundation.units.rules.recipients import recipient


def grave(book: Directory, units: frozenset[int], officers: frozenset[int]) -> Exclusion:
    return exclude(book, level=GRAVE, named_units=units, named_officers=officers,
                   matter_at=THEN, now=NOW)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(matters())
def test_grave_excludes_everybody_who_could_lean_on_it(
    matter: tuple[Directory, frozenset[int], frozenset[int]],
) -> None:
    book, units, officers = matter
    answer = grave(book, units, officers)
    named = set(units)
    for row in book.postings:
        if row.officer in officers and (in_force(row, THEN) or in_force(row, NOW)):
            named.add(row.unit)
    chained = {upper for unit in named for upper in chain(book, unit)}
    persons = set(officers)
    for row in book.postings:
        there = in_force(row, THEN) or in_force(row, NOW)
        if there and (row.unit in named or (row.unit in chained and row.role == "head")):
            persons.add(row.officer)
    persons |= {b for a, b in book.relatives if a in persons} | {
        a for a, b in book.relatives if b in persons
    }
    assert chained <= set(answer.units)
    assert persons <= set(answer.officers)
    for unit in book.units:
        assert not set(chain(book, unit)) & set(answer.units) or unit in answer.units
        heads = {r.officer for r in book.postings
                 if r.unit == unit and r.role == "head" and in_force(r, NOW)}  # fmt: skip
        assert not heads & set(answer.officers) or unit in answer.units


@settings(max_examples=300, deadline=None)
@given(matters(), st.sampled_from([GRAVE, SERVICE, NONE]), st.data())
def test_nothing_reaches_the_excluded(
    matter: tuple[Directory, frozenset[int], frozenset[int]], level: str, data: st.DataObject
) -> None:
    book, units, officers = matter
    answer = exclude(book, level=level, named_units=units, named_officers=officers,
                     matter_at=THEN, now=NOW)  # fmt: skip
    station = data.draw(st.sampled_from([None, *sorted(set(book.units) - {OUTSIDE})]))
    desks = tuple(data.draw(st.lists(st.sampled_from([*KINDS, "independent"]), max_size=4)))
    desk = recipient(book, desks=desks, station=station, district=1, excluded=answer)
    # the body outside is unrelated to all of them: somebody may always have it
    assert desk is not None
    assert desk.id not in answer.units
    for unit in book.units:
        owner = owner_at(book, unit=unit, at=NOW, excluded=answer)
        assert owner.officer is None or answer.allows_officer(owner.officer)
        assert owner.officer is None or not book.away(owner.officer, NOW)
        upper = next_owner(book, unit=unit, at=NOW, excluded=answer)
        if upper is not None:
            assert upper.unit != unit
            assert upper.unit not in answer.units
            assert upper.officer is not None
            assert upper.officer not in answer.officers
    assert OUTSIDE not in answer.units
    assert FARAH not in answer.officers
    alone = recipient(book, desks=("independent",), station=station, district=1, excluded=answer)
    assert alone is not None
    assert alone.id == OUTSIDE
    assert owner_at(book, unit=OUTSIDE, at=NOW, excluded=answer).officer == FARAH


@settings(max_examples=200, deadline=None)
@given(directories())
def test_the_ladder_never_repeats(book: Directory) -> None:
    for unit in book.units:
        climbed, step = [unit], unit
        while (
            upper := next_owner(book, unit=step, at=NOW, climbed=frozenset(climbed))
        ) is not None:
            assert upper.unit not in climbed
            climbed.append(upper.unit)
            step = upper.unit
        assert len(climbed) <= len(book.units)


@settings(max_examples=200, deadline=None)
@given(matters())
def test_service_stays_outside_the_unit_and_not_below_sdpo(
    matter: tuple[Directory, frozenset[int], frozenset[int]],
) -> None:
    book, units, officers = matter
    answer = exclude(book, level=SERVICE, named_units=units, named_officers=officers,
                     matter_at=THEN, now=NOW)  # fmt: skip
    assert units <= set(answer.units)
    assert officers <= set(answer.officers)
    for fact in book.units.values():
        if fact.kind in {"station", "womens_desk", "cyber_desk"}:
            assert fact.id in answer.units
    for row in book.postings:
        if row.unit in units and (in_force(row, THEN) or in_force(row, NOW)):
            assert row.officer in answer.officers


@settings(max_examples=100, deadline=None)
@given(matters())
def test_who_comes_later_is_excluded_when_asked_again(
    matter: tuple[Directory, frozenset[int], frozenset[int]],
) -> None:
    """Somebody posted to the named unit next week is excluded next week."""
    book, units, officers = matter
    later = NOW + 10 * DAY
    answer = exclude(book, level=GRAVE, named_units=units, named_officers=officers,
                     matter_at=THEN, now=later)  # fmt: skip
    for row in book.postings:
        if row.unit in units and in_force(row, later):
            assert row.officer in answer.officers
