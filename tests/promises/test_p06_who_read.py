"""P06: I can see who opened my case; nothing of it is shown to anybody without that being written."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from openpyxl import load_workbook
from tests.district import NOON, District

from mohalla.foundation import clock, identifiers
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.models import Entry
from mohalla.station.casework import readings
from mohalla.station.casework.models import Case
from mohalla.station.casework.rules import reading

WORDS = "خفیہ لفظ سنگترہ"
PAGES = ("", "print", "contact", "message", "note", "route", "outcome", "handover", "link", "stage")


def confidential(district: District, **said: Any) -> Case:
    return district.make_case(WORDS, category="online_harassment", **said)


def leaves(case: Case) -> int:
    return Entry.objects.filter(subject=case.reference, what="case read").count()


def track(case: Case) -> str:
    receipt = identifiers.receipt_for(case.report_id, 1)
    return Client().post("/en/track/", {"receipt": receipt}).content.decode()


def test_promise_P06_she_sees_who_opened_it_by_rank_and_desk(district: District) -> None:
    case = confidential(district)
    assert "Nobody yet." in track(case)
    for minutes in (0, 40):
        with clock.fixed(NOON + timedelta(minutes=minutes)):
            desk = district.client(district.sana)
            assert WORDS in desk.get(f"/desk/cases/{case.reference}/").content.decode()
    (opened,) = readings.of_case(case)
    assert (opened.officer, opened.unit, opened.times) == (
        district.sana.pk, district.womens_desk.pk, 2,
    )  # fmt: skip
    page = track(case)
    assert "Womens Desk" in page
    assert "2 times" in page
    assert "Sana" not in page  # her unit does not show names
    receipt = identifiers.receipt_for(case.report_id, 1)
    said = Client().get(
        "/api/v1/report/readings",
        headers={"Authorization": f"Receipt {receipt}", "Accept-Language": "en"},
    )
    assert said.json()["readings"][0]["who"]["unit"] == "Womens Desk"
    assert Client().get("/api/v1/report/readings").status_code == 404


def test_promise_P06_no_page_shows_it_without_a_leaf(
    district: District, figure: Callable[[str], None]
) -> None:
    """Every page of a case: with a leaf the words, without the right neither words nor leaf."""
    case = confidential(district)
    desk, stranger = district.client(district.sana), district.client(district.ehsan)
    for page in PAGES:
        before = leaves(case)
        assert desk.get(f"/desk/cases/{case.reference}/{page}").status_code == 200, page
        assert leaves(case) == before + 1, page
        assert stranger.get(f"/desk/cases/{case.reference}/{page}").status_code == 404
        assert leaves(case) == before + 1, page
    figure(f"{len(PAGES)} of {len(PAGES)} pages leave a leaf before they show anything")


def test_promise_P06_where_nothing_can_be_written_nothing_is_read(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = confidential(district)
    desk = district.client(district.sana)
    desk.raise_request_exception = False
    assert WORDS in desk.get(f"/desk/cases/{case.reference}/").content.decode()

    def away(**_said: Any) -> None:
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(ledger, "record", away)
    for page in PAGES:
        answer = desk.get(f"/desk/cases/{case.reference}/{page}")
        assert answer.status_code >= 500
        assert WORDS not in answer.content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a pragma of SQLite")
def test_promise_P06_a_database_that_only_reads_shows_nothing(district: District) -> None:
    case = confidential(district)
    desk = district.client(district.sana)
    desk.raise_request_exception = False
    connection.connection.execute("PRAGMA query_only = ON")
    try:
        answer = desk.get(f"/desk/cases/{case.reference}/")
    finally:
        connection.connection.execute("PRAGMA query_only = OFF")
        transaction.set_rollback(False)  # the test's own transaction goes on
    assert answer.status_code >= 500
    assert WORDS not in answer.content.decode()
    assert WORDS in desk.get(f"/desk/cases/{case.reference}/").content.decode()


def test_promise_P06_a_list_that_is_taken_away_is_seen_too(district: District) -> None:
    plain, sealed = district.make_case("the lamp is out"), confidential(district)
    body = district.client(district.ali).get("/desk/export.xlsx").content
    assert "the lamp is out" in str(list(load_workbook(io.BytesIO(body)).active.values))
    (opened,) = readings.of_case(plain)
    assert (opened.officer, opened.exported) == (district.ali.pk, 1)
    assert "in a list that was taken away" in track(plain)
    assert readings.of_case(sealed) == []


def test_promise_P06_an_ordinary_case_opened_again_at_once_is_one_reading(
    district: District,
) -> None:
    case, desk = district.make_case(), district.client(district.ali)
    for _ in range(3):
        desk.get(f"/desk/cases/{case.reference}/")
    assert leaves(case) == 1
    with clock.fixed(NOON + reading.ONE_READING + timedelta(seconds=1)):
        desk.get(f"/desk/cases/{case.reference}/")
    assert leaves(case) == 2


def test_promise_P06_reading_in_bulk_needs_a_purpose_that_is_seen_outside(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(reading.MOST, "C2", 3)
    cases = [confidential(district) for _ in range(5)]
    desk, outside = district.client(district.sana), district.client(district.farah)
    for case in cases[:3]:
        assert desk.get(f"/desk/cases/{case.reference}/").status_code == 200
    held = desk.get(f"/desk/cases/{cases[3].reference}/")
    assert held.status_code == 302
    assert held.headers["Location"].startswith("/desk/purpose/?next=")
    assert leaves(cases[3]) == 0
    assert desk.get(f"/desk/cases/{cases[0].reference}/").status_code == 200  # opened before
    where = held.headers["Location"]
    assert "very many cases" in desk.get(where).content.decode()
    assert desk.post("/desk/purpose/", {"purpose": ""}).status_code == 422
    wanted = f"/desk/cases/{cases[3].reference}/"
    told = desk.post("/desk/purpose/", {"purpose": "hand-over of the whole desk", "next": wanted})
    assert told.headers["Location"] == wanted
    assert desk.get(wanted).status_code == 200
    kept = Entry.objects.get(what="purpose stated")
    assert "hand-over" not in str(kept.event()) + str(kept.facts)  # it may name people
    page = outside.get("/desk/readings/").content.decode()
    assert "hand-over of the whole desk" in page
    assert "confidential cases within one hour" in page
    for viewer in (district.sana, district.dawood, district.ali, district.tariq):
        assert district.client(viewer).get("/desk/readings/").status_code == 404
    with clock.fixed(NOON + timedelta(hours=1, minutes=1)):
        desk = district.client(district.sana)
        assert desk.get(f"/desk/cases/{cases[4].reference}/").status_code == 200


def test_promise_P06_a_purpose_leads_nowhere_else(district: District) -> None:
    desk = district.client(district.sana)
    for wanted in ("https://evil.example/", "//evil.example/", "javascript:x", ""):
        told = desk.post("/desk/purpose/", {"purpose": "x", "next": wanted})
        assert told.headers["Location"] == "/desk/"


def test_promise_P06_nights_are_noticed_outside(district: District) -> None:
    cases = [confidential(district) for _ in range(reading.MANY)]
    night = NOON + timedelta(hours=14)  # two in the morning there
    with clock.fixed(night):
        desk = district.client(district.sana)
        for case in cases:
            desk.get(f"/desk/cases/{case.reference}/")
        (odd,) = readings.odd(at=night)
    assert (odd.kind, odd.officer, odd.cases) == ("night", district.sana.pk, reading.MANY)
    day = reading.odd([
        reading.Reading(officer=1, subject=str(n), at=NOON, confidential=True) for n in range(5)
    ])  # fmt: skip
    assert day == []


def test_promise_P06_taking_an_original_away_is_named(district: District) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from mohalla.foundation.reports.actions import keep_attachment

    photo = keep_attachment(
        upload=SimpleUploadedFile("x.jpg", b"\xff\xd8\xff\xe0" * 9), at=NOON
    )  # fmt: skip
    case = confidential(district, attachments=(photo.pk,))
    desk = district.client(district.sana)
    assert desk.get(f"/desk/cases/{case.reference}/files/{photo.pk}/original").status_code == 200
    assert "took away a file" in track(case)
