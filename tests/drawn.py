"""Invented districts of any shape, drawn: units, commands, postings, and who is spoken against."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from mohalla.foundation.units.rules.directory import (
    AbsenceFact,
    Directory,
    HoursFact,
    OfficerFact,
    PostingFact,
    UnitFact,
)

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
