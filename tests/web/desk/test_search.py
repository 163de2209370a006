"""Search by words: the same hits as comparing every row, with the index and without, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.district import NOON, District

from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports import searching
from mohalla.foundation.text import fold
from mohalla.station.casework import queries
from mohalla.station.casework.models import Case

WORDS = [
    "گلی", "بلب", "بلبوں", "خراب", "كهمبا", "کھمبا", "سڑک", "پانی", "Gali", "batti", "BATTI!",
    "kharaab", "chori", "ab", "a", "۱۲۳", "123", "1234", "%", "_", "a_c", 'qu"ote', "it's", "*",
    "AND", "NOT", "naïve", "Straße", "ﷺ", "👨‍👩‍👧", "zz-top", "(x)", "متّصل",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


@pytest.fixture(autouse=True)
def _no_overlap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else all that is so new is read anyway, and the index would never be asked."""
    monkeypatch.setattr(searching, "OVERLAP", 0)


def plainly(viewer: object, query: str) -> set[str]:
    """Every plain report that the viewer may see, compared word by word in Python."""
    seen = Case.objects.opened_by(
        officer=viewer.officer,  # type: ignore[attr-defined]
        units=set(viewer.units),  # type: ignore[attr-defined]
    ).filter(sensitivity="C1").select_related("report")  # fmt: skip
    words = fold(query).split()
    return {
        case.reference for case in seen if words and all(w in case.report.search_key for w in words)
    }


def found(district: District, query: str) -> set[str]:
    return {case.reference for case in queries.search(district.viewer(district.ali), query)}


@settings(max_examples=60, deadline=None, database=None,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(texts=st.lists(TEXTS, min_size=1, max_size=5), query=TEXTS, indexed=st.integers(0, 5))
@example(texts=["بلبوں"], query="بلب", indexed=1)
@example(texts=["كهمبا"], query="کھمبا", indexed=1)
@example(texts=["BATTI!"], query="batti", indexed=1)
@example(texts=['qu"ote'], query='qu"ote', indexed=1)
@example(texts=["a_c", "abc"], query="a_c", indexed=2)
def test_hits_are_those_of_comparing_every_row(
    district: District, texts: list[str], query: str, indexed: int
) -> None:
    """Some are indexed, some are still too new: nobody can tell which from what is found."""
    Case.objects.all().delete()
    for number, text in enumerate(texts):
        district.make_case(text)
        if number + 1 == indexed:
            reports.index_words()
    assert found(district, query) == plainly(district.viewer(district.ali), query)
    for piece in fold(query).split():
        assert found(district, piece) == plainly(district.viewer(district.ali), piece)


def test_the_index_is_filled_once_and_used(district: District) -> None:
    old = district.make_case("zebramark qainchi")
    district.make_case("something else", category="bribe", about_unit="station_a")
    district.make_case("another lamp")
    assert searching.newest() is None
    assert reports.index_words() == 2, "of plain reports only"
    assert reports.index_words() == reports.index_words(all_of_them=True) == 0
    assert searching.candidates(["zebramark"], most=9) == [old.pk]
    assert searching.candidates(["ebra", "qain"], most=9) == [old.pk]
    assert searching.candidates(["zebramarks"], most=9) == []
    assert searching.candidates(["ab"], most=9) is None, "too short for the index"
    assert searching.candidates(["lam", "oth"], most=0) is None, "too many to be worth it"
    assert found(district, "ZEBRAMARK") == {old.reference}
    fresh = district.make_case("zebramark again", at=NOON + timedelta(minutes=1))
    assert found(district, "zebramark") == {old.reference, fresh.reference}


def test_a_report_that_became_confidential_is_found_no_more(district: District) -> None:
    case = district.make_case("zebramark")
    reports.index_words()
    assert found(district, "zebramark") == {case.reference}
    Case.objects.filter(pk=case.pk).update(sensitivity="C3")
    assert not found(district, "zebramark")


def test_old_keys_are_found_by_the_look_at_everything(district: District) -> None:
    """A move to another database or a restore leaves the index empty: it is filled again."""
    cases = [district.make_case(f"zebramark {n}") for n in range(3)]
    reports.index_words()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM reports_search WHERE report_id = %s",
            [cases[0].pk if connection.vendor == "postgresql" else cases[0].pk.hex],
        )
    assert reports.index_words(all_of_them=True) == 1
    assert found(district, "zebramark") == {case.reference for case in cases}


def test_without_the_index_every_row_is_compared(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on an SQLite that was built without full-text search."""
    monkeypatch.setitem(searching._there, connection.vendor, False)
    case = district.make_case("zebramark")
    assert reports.index_words() == 0
    assert found(district, "zebramark") == {case.reference}
