"""Staff write down what a caller or a visitor tells: who gets in, what is kept, who calls back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from tests.district import signed_in as enter

from mohalla.foundation import clock
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.people.models import Account, Officer
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Contact, Report
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Leave, Unit
from mohalla.foundation.units.rules.viewer import Viewer, viewer_at
from mohalla.site.demo import district
from mohalla.station.casework import actions as casework
from mohalla.station.casework import queries as cases
from mohalla.station.casework.models import Case

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # Monday, 10:00 in Pakistan
WORDS = "ہماری گلی کی بتی خراب ہے، رات کو اندھیرا رہتا ہے۔"
GIVEN = {
    "door": "phone",
    "text": WORDS,
    "danger": "no",
    "category": "street_light",
    "place": "gul-bagh",
    "phone": "0300 1234567",
    "way": "call",
    "safe_from": "9",
    "safe_to": "17",
    "language": "ur",
    "key": "k" * 24,
    "go": "save",
}


@pytest.fixture(autouse=True)
def house(settings: object) -> Iterator[None]:
    settings.LOGIN_URL = "/sign-in/"  # type: ignore[attr-defined]
    units.forget()
    district.build(since=AT - timedelta(days=40))
    with clock.fixed(AT):
        yield
    units.forget()


def signed_in(name: str) -> Client:
    client = Client()
    enter(client, Account.objects.get(name=name))
    return client


def viewer(name: str) -> Viewer:
    officer = Account.objects.get(name=name).officer_id
    return viewer_at(units.directory(), officer=officer, at=AT)


def test_signed_out_goes_to_the_sign_in_page(client: Client) -> None:
    for answer in (client.get("/desk/new/"), client.post("/desk/new/", GIVEN)):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/sign-in/?next=")
    assert not Report.objects.exists()


def test_who_administers_without_being_an_officer_finds_nothing() -> None:
    assert signed_in("naveed").get("/desk/new/").status_code == 404
    assert signed_in("naveed").post("/desk/new/", GIVEN).status_code == 404


def test_an_officer_on_leave_has_no_counter() -> None:
    officer = Officer.objects.get(belt="C-102")
    Leave.objects.create(officer=officer, starts_at=AT - timedelta(hours=1), suspended=True)
    units.forget()
    assert signed_in("nadir").post("/desk/new/", GIVEN).status_code == 404


@pytest.mark.parametrize("language", ["ur", "en"])
def test_one_page_in_both_directions(language: str) -> None:
    page = signed_in("nadir").get(f"/{language}/desk/new/").content.decode()
    assert 'name="text"' in page
    assert page.count("<optgroup") > 5
    assert "autofocus" in page


def test_a_caller_is_written_down_and_gets_a_receipt() -> None:
    page = signed_in("nadir").post("/en/desk/new/", GIVEN).content.decode()
    report = Report.objects.get()
    nadir = Officer.objects.get(belt="C-102")
    assert report.filed_by_id == nadir.pk
    assert (report.door, report.category, report.danger) == ("phone", "street_light", False)
    assert reports.opened(report, report.body) == WORDS
    contact = Contact.objects.get()
    assert (contact.way, contact.safe_from, contact.safe_to) == ("call", 9, 17)
    assert reports.contact_value(contact) == "+923001234567"
    assert report.reference in page
    digits = re.search(r">((?:\d{4} ){4}\d{4})<", page)
    assert digits
    assert reports.by_receipt(digits[1]) == report
    assert "data-print" in page
    told = Entry.objects.get(what="report received", subject=report.reference)
    assert told.by == f"officer:{nadir.pk}"


def test_another_unit_owes_the_call_back() -> None:
    signed_in("nadir").post("/desk/new/", GIVEN)
    promise = Promise.objects.get(kind="call_back")
    case = Case.objects.get()
    assert case.unit is not None
    assert case.unit.code == "thana-chinar"
    assert promise.unit is not None
    assert promise.unit.code == "sdpo-sangbagh"
    assert promise.due_at == AT + timedelta(hours=72)
    assert cases.case_for(viewer("rashid"), case.reference) == case
    with pytest.raises(casework.CallBackRefused):
        casework.log_call_back(
            case=case, officer=viewer("nadir").officer, desks=viewer("nadir").units,
            reached=True, agrees=True, at=AT,
        )  # fmt: skip
    casework.log_call_back(
        case=case, officer=viewer("rashid").officer, desks=viewer("rashid").units,
        reached=True, agrees=True, at=AT,
    )  # fmt: skip
    promise.refresh_from_db()
    assert promise.state == "kept"


def test_the_call_back_stays_with_its_unit_and_outlives_a_quick_yes() -> None:
    signed_in("nadir").post("/desk/new/", GIVEN)
    case = Case.objects.get()
    to = Unit.objects.get(code="thana-purana-pul")
    casework.reroute(
        case=case, to_unit=to.pk, officer=viewer("nadir").officer, is_head=False,
        reason="not ours", at=AT,
    )  # fmt: skip
    casework.close(case=case, closing="confirmed", by="reporter", at=AT)
    promise = Promise.objects.get(kind="call_back")
    assert promise.unit is not None
    assert (promise.unit.code, promise.state) == ("sdpo-sangbagh", "open")


def test_what_nobody_sorted_is_called_back_from_outside_the_desk() -> None:
    signed_in("nadir").post("/desk/new/", {**GIVEN, "category": "", "place": ""})
    promise = Promise.objects.get(kind="call_back")
    assert promise.unit is not None
    assert promise.unit.code == "mohtasib"  # triage owns it, triage escalates outside


def test_what_a_citizen_files_alone_owes_no_call_back(client: Client) -> None:
    client.post("/en/report/", {"text": WORDS, "step": "check", "go": "send", "key": "z" * 24})
    assert Report.objects.count() == 1
    assert not Promise.objects.filter(kind="call_back").exists()


def test_a_complaint_about_the_own_desk_goes_away_from_it() -> None:
    given = {**GIVEN, "category": "bribe", "about_unit": "thana-chinar"}
    assert signed_in("nadir").post("/desk/new/", given).status_code == 200
    case = Case.objects.get()
    with pytest.raises(cases.CaseHidden):
        cases.case_for(viewer("nadir"), case.reference)
    with pytest.raises(cases.CaseHidden):
        cases.case_for(viewer("kamran"), case.reference)
    promise = Promise.objects.get(kind="call_back")
    assert promise.unit is None or promise.unit.code not in {"thana-chinar", "sdpo-sangbagh"}
    assert signed_in("nadir").get(f"/desk/{case.reference}/").status_code == 404


def test_bad_input_keeps_what_was_typed() -> None:
    given = {**GIVEN, "phone": "12", "landmark": "old mill", "name": "Amina"}
    answer = signed_in("nadir").post("/en/desk/new/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Report.objects.exists()
    assert WORDS in page
    for kept in ('value="12"', 'value="old mill"', 'value="Amina"', 'value="gul-bagh" selected'):
        assert kept in page, kept
    empty = signed_in("nadir").post("/en/desk/new/", {**GIVEN, "text": " "})
    assert empty.status_code == 422
    unknown = signed_in("nadir").post("/en/desk/new/", {**GIVEN, "category": "made-up"})
    assert unknown.status_code == 422


def test_search_words_and_enter_offer_the_matter_first_and_store_nothing() -> None:
    client = signed_in("nadir")
    given = {**GIVEN, "category": "", "query": "bribe", "looked": "", "go": "enter"}
    page = client.post("/en/desk/new/", given).content.decode()
    assert not Report.objects.exists()
    assert WORDS in page
    assert re.search(r'<optgroup label="Perhaps this\?">\s*<option value="bribe" selected', page)
    client.post("/en/desk/new/", {**given, "category": "bribe", "looked": "bribe"})
    assert Report.objects.get().category == "bribe"


def test_saved_twice_is_one_report() -> None:
    client = signed_in("nadir")
    first, second = (client.post("/desk/new/", GIVEN).content.decode() for _ in range(2))
    digits = re.compile(r"(?:\d{4} ){4}\d{4}")
    assert digits.findall(first) == digits.findall(second) != []
    client.post("/desk/new/", {**GIVEN, "text": WORDS + " again"})
    assert Report.objects.count() == 2


def test_few_queries(django_assert_max_num_queries: object) -> None:
    client = signed_in("nadir")
    client.get("/desk/new/")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        client.get("/desk/new/")
    with django_assert_max_num_queries(36):  # type: ignore[operator]
        client.post("/desk/new/", GIVEN)
