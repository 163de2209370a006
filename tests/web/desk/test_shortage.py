"""Shortage as a reason adds up, desk by desk, for those who command it; and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.counter import NOON, SINCE, officer, told, viewer

from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Barred
from mohalla.site.demo import district
from mohalla.station.casework import actions as casework
from mohalla.station.casework import figures
from mohalla.station.casework.models import Case

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _district(db: None) -> Iterator[None]:
    units.forget()
    district.build(since=SINCE)
    yield
    units.forget()


def short(case: Case, *, days_ago: int) -> None:
    casework.note(
        case=case, officer=officer("ali").pk, kind="shortage", text="No vehicle",
        at=NOON - days_ago * DAY,
    )  # fmt: skip


def counted(code: str) -> dict[str, tuple[int, int, int]]:
    directory = units.directory()
    rows = figures.shortages(viewer(code, NOON), directory, at=NOON)
    return {directory.units[row.unit].code: (row.month, row.quarter, row.cases) for row in rows}


def test_it_adds_up_for_the_desk_and_those_who_command_it() -> None:
    one, other = told(), told()
    short(one, days_ago=1)
    short(one, days_ago=40)
    short(other, days_ago=2)
    short(other, days_ago=100)  # too long ago
    expected = {"thana-chinar": (2, 3, 2)}
    assert counted("ali") == counted("kamran") == counted("rashid") == expected
    assert counted("ehsan") == {}
    rashid, directory = viewer("rashid", NOON), units.directory()
    with CaptureQueriesContext(connection) as asked:
        figures.shortages(rashid, directory, at=NOON)
    assert len(asked) == 1


def test_confidential_matters_of_a_lower_desk_are_not_counted_above() -> None:
    case = told(category="harassment_street")
    short(case, days_ago=1)
    assert counted("sana") == {"khawateen-desk": (1, 1, 1)}
    assert counted("haroon") == {}


def test_what_a_commander_is_barred_from_is_not_counted() -> None:
    case = told()
    short(case, days_ago=1)
    Barred.objects.create(
        room="casework",
        subject=case.reference,
        officer=officer("kamran"),
        reason="named",
        since=NOON,
    )
    assert counted("kamran") == {}
    assert counted("rashid") == {"thana-chinar": (1, 1, 1)}
