"""A complaint about station A leaves no trace there, and Farah has it at once."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.district import District

from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.units.models import Barred
from mohalla.station.casework import figures
from mohalla.station.casework.models import Case, Recipient

WORDS = "The constable took money from me"
COMMAND = ("ali", "sho", "hamid", "saima", "dawood")


@pytest.fixture
def bribe(district: District) -> Case:
    return district.make_case(WORDS, category="bribe")


def sheet(client: Client) -> list[list[Any]]:
    body: Any = client.get("/desk/export.xlsx")
    rows = load_workbook(BytesIO(body.content)).active
    assert rows is not None
    return [list(row) for row in rows.iter_rows(values_only=True)]


def trace(client: Client, case: Case) -> list[str]:
    """Where the reference shows for this person."""
    places = {
        "queue": client.get("/desk/"),
        "case": client.get(f"/desk/cases/{case.reference}/"),
        "print": client.get(f"/desk/cases/{case.reference}/print"),
        "search": client.post("/desk/search/", {"q": case.reference}),
        "decisions": client.get("/desk/decisions/"),
    }
    found = [
        name
        for name, page in places.items()
        if page.status_code == 200 and f"/desk/cases/{case.reference}/" in page.content.decode()
    ]
    if any(case.reference in [str(cell) for cell in row] for row in sheet(client)):
        found.append("export")
    return found


@pytest.mark.parametrize("name", COMMAND)
def test_not_a_trace_at_the_station_or_above_it(district: District, bribe: Case, name: str) -> None:
    officer = getattr(district, name)
    assert trace(district.client(officer), bribe) == []
    load = figures.load(district.viewer(officer), broken={}, at=district.at)
    assert load.open == 0


def test_farah_outside_has_it_at_once_by_the_same_ways(district: District, bribe: Case) -> None:
    assert bribe.unit_id == district.independent.pk
    seen = trace(district.client(district.farah), bribe)
    assert {"queue", "case", "print", "search", "export"} <= set(seen)
    assert figures.load(district.viewer(district.farah), broken={}, at=district.at).open > 0


def test_a_barred_person_sees_nothing_even_from_an_addressed_desk(district: District) -> None:
    case = district.make_case()
    assert trace(district.client(district.hamid), case) != []
    Barred.objects.create(
        room="casework", subject=case.reference, officer=district.hamid, reason="named",
        since=district.at,
    )  # fmt: skip
    assert trace(district.client(district.hamid), case) == []
    assert trace(district.client(district.ali), case) != []


def test_a_closed_address_closes_the_door(district: District) -> None:
    case = district.make_case()
    Recipient.objects.filter(case=case).update(until_at=district.at)
    assert trace(district.client(district.ali), case) == []


def test_search_finds_words_of_c1_only_in_three_ways_of_writing(
    district: District, bribe: Case
) -> None:
    case = district.make_case("گلی میں بجلی کا کھمبا ٹوٹ گیا hai bijli")
    ali, farah = district.client(district.ali), district.client(district.farah)
    for query in (
        "كھمبا",
        "bijli",
        case.reference.lower(),
        f"{case.reference[:3]} {case.reference[3:]}",
    ):
        page = ali.post("/desk/search/", {"q": query}).content.decode()
        assert f"/desk/cases/{case.reference}/" in page, query
    assert (
        "/desk/cases/" not in ali.post("/desk/search/", {"q": "nothing like it"}).content.decode()
    )
    assert "/desk/cases/" not in farah.post("/desk/search/", {"q": "constable"}).content.decode()
    for query in ("", "   ", "\x00", "%", "'; drop table", "ا" * 5000):
        assert ali.post("/desk/search/", {"q": query}).status_code == 200


def test_the_export_holds_no_words_of_c3_and_no_formulas(district: District, bribe: Case) -> None:
    district.make_case("=HYPERLINK(1)\x07 lamp")
    assert WORDS not in str(sheet(district.client(district.farah)))
    rows = sheet(district.client(district.ali))
    assert len(rows) == 2
    assert not str(rows[1][-1]).startswith("=")
    assert Entry.objects.filter(what="exported").count() == 2


def test_reading_what_is_confidential_is_written_down(district: District, bribe: Case) -> None:
    page = district.client(district.farah).get(f"/desk/cases/{bribe.reference}/")
    assert WORDS in page.content.decode()
    read = Entry.objects.get(what="case read")
    assert (read.subject, read.by) == (bribe.reference, f"officer:{district.farah.pk}")
    paper = district.client(district.farah).get(f"/desk/cases/{bribe.reference}/print")
    assert WORDS not in paper.content.decode()


def test_hand_over_notes_of_confidential_matters_are_sealed(
    district: District, bribe: Case
) -> None:
    page = district.client(district.farah).post(
        f"/desk/cases/{bribe.reference}/route",
        {"to_unit": district.triage_desk.pk, "reason": "Ali Khan of beat 7"},
    )
    assert page.status_code in {302, 422}
    assert not bribe.notes.filter(text__contains="Ali Khan").exists()
    offered = district.client(district.farah).get(f"/desk/cases/{bribe.reference}/route")
    assert f'value="{district.station_a.pk}"' not in offered.content.decode()


def test_do_not_contact_hides_the_number(district: District) -> None:
    case = district.make_case(phone="")
    page = district.client(district.ali).get(f"/desk/cases/{case.reference}/").content.decode()
    assert "No way to reach the person" in page
