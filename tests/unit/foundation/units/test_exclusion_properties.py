"""Who may never receive a matter, over invented districts of any shape."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mohalla.foundation.units.rules.directory import (
    AbsenceFact,
    Directory,
    HoursFact,
    OfficerFact,
    PostingFact,
    UnitFact,
)
from mohalla.foundation.units.rules.exclusion import GRAVE, NONE, SERVICE, Exclusion, exclude
from mohalla.foundation.units.rules.owner import next_owner, owner_at
from mohalla.foundation.units.rules.recipients import recipient

NOW = datetime(2026, 11, 17, 7, tzinfo=UTC)
THEN = NOW - timedelta(days=40)
DAY = timedelta(days=1)
KINDS = ("station", "station", "womens_desk", "cyber_desk", "triage_desk", "sdpo", "dpo", "rpo",
         "sp_investigation")  # fmt: skip
OUTSIDE = 99  # the body that reports to nobody and shares no person with the force
FARAH = 999
ALL_DAY = HoursFact(
    weekdays="1234567",
    starts=datetime.min.time(),
    ends=datetime.max.time(),
    from_on=(THEN - 400 * DAY).date(),
)


@st.composite
def postings(draw: st.DrawFn, officers: int, units: int) -> PostingFact:
    """Past, present or future, head or not, with or without hours."""
    starts = NOW + draw(st.integers(-100, 20)) * DAY
    length = draw(st.one_of(st.none(), st.integers(0, 90)))
    return PostingFact(
        officer=draw(st.integers(1, officers)),
        unit=draw(st.integers(1, units)),
        role=draw(st.sampled_from(["head", "member", "beat_officer"])),
        starts_at=starts,
        ends_at=None if length is None else starts + length * DAY,
        hours=draw(st.sampled_from([(), (ALL_DAY,)])),
    )


@st.composite
def directories(draw: st.DrawFn) -> Directory:
    """A forest of units whose escalation may even run in circles, and one body outside it."""
    count, people = draw(st.integers(1, 8)), draw(st.integers(1, 8))
    units = {}
    for number in range(1, count + 1):
        above = draw(st.integers(0, number - 1)) or None
        climbs = draw(st.one_of(st.none(), st.integers(1, count)))
        units[number] = UnitFact(
            id=number, code=f"u{number}", kind=draw(st.sampled_from(KINDS)), district=1,
            reports_to=above, escalates_to=None if climbs == number else climbs,
        )  # fmt: skip
    units[OUTSIDE] = UnitFact(id=OUTSIDE, code="outside", kind="independent", district=1)
    pairs = st.tuples(st.integers(1, people), st.integers(1, people)).filter(
        lambda pair: pair[0] != pair[1]
    )
    return Directory(
        units=units,
        officers={
            number: OfficerFact(id=number, rank="si") for number in (*range(1, people + 1), FARAH)
        },
        postings=(
            *draw(st.lists(postings(officers=people, units=count), max_size=14)),
            PostingFact(officer=FARAH, unit=OUTSIDE, role="head", starts_at=THEN - 400 * DAY),
        ),
        absences=tuple(
            AbsenceFact(officer=officer, starts_at=NOW - DAY)
            for officer in draw(st.sets(st.integers(1, people), max_size=2))
        ),
        relatives=frozenset(draw(st.sets(pairs, max_size=3))) if people > 1 else frozenset(),
    )


@st.composite
def matters(draw: st.DrawFn) -> tuple[Directory, frozenset[int], frozenset[int]]:
    """A district with units or officers (or both) spoken against."""
    book = draw(directories())
    units = st.sampled_from(sorted(set(book.units) - {OUTSIDE}))
    people = st.sampled_from(sorted(set(book.officers) - {FARAH}))
    named_units = draw(st.frozensets(units, max_size=2))
    named_officers = draw(st.frozensets(people, min_size=0 if named_units else 1, max_size=2))
    return book, named_units, named_officers


def grave(book: Directory, units: frozenset[int], officers: frozenset[int]) -> Exclusion:
    return exclude(book, level=GRAVE, named_units=units, named_officers=officers,
                   matter_at=THEN, now=NOW)  # fmt: skip


def in_force(row: PostingFact, at: datetime) -> bool:
    return row.starts_at <= at and (row.ends_at is None or at < row.ends_at)


def chain(book: Directory, unit: int) -> list[int]:
    """Own arithmetic: the unit and all above it."""
    found: list[int] = []
    step: int | None = unit
    while step is not None:
        found.append(step)
        step = book.units[step].reports_to
    return found


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
