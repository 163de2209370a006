"""Help by one press, by text, by a missed call: what rings, what she sees, whom it never holds up."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.web.test_sms_loop import AMINA, Phone, phone, viewer

from mohalla.channels import missed
from mohalla.channels.missed import Missed
from mohalla.channels.sms import embedded
from mohalla.foundation import clock, limiter
from mohalla.foundation.reports.models import Report
from mohalla.site.schedule import run_due
from mohalla.station.casework.models import Case
from mohalla.station.response import actions, queries
from mohalla.station.response.models import Alarm, LivePlace

__all__ = ["phone"]

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


def browser() -> Client:
    limiter.forget()
    return Client(headers={"accept-language": "en"})


def press(client: Client, phone: Phone, /, **said: str) -> str:
    with clock.fixed(phone.at):
        answer = client.post("/help/", {"key": "a-key-of-this-page", **said})
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def receipt(page: str) -> str:
    found = re.search(r'name="receipt" value="(\d{20})"', page)
    assert found is not None
    return found[1]


def thread(number: str) -> list[str]:
    return [row.text for row in embedded.thread(number=number) if row.direction == "in"]


# --- one press


def test_one_press_rings_at_the_desk_and_asks_nothing_before(phone: Phone) -> None:
    page = press(browser(), phone)
    case = Case.objects.get()
    assert case.danger
    assert [row.case_id for row in queries.open_at(viewer("T-005", phone.at))] == [case.pk]
    assert not queries.open_at(viewer("C-114", phone.at))  # no station before somebody sent it
    assert "Help is called" in page
    assert case.reference in page
    assert "not yet" in page


def test_pressed_twice_it_is_one_call(phone: Phone) -> None:
    client = browser()
    first, second = press(client, phone), press(client, phone, words="near the mill")
    assert Report.objects.count() == 1
    assert receipt(first) == receipt(second)


def test_nothing_typed_wrong_holds_the_call_up(phone: Phone) -> None:
    said = {
        "phone": "12",
        "lat": "north",
        "lon": "nan",
        "radius": "x",
        "card": "1",
        "words": "x" * 900,
    }
    page = press(browser(), phone, **said)
    assert "Help is called" in page
    assert "could not be read" in page
    assert Alarm.objects.count() == 1
    assert not LivePlace.objects.exists()


@pytest.mark.parametrize(
    ("lat", "lon"),
    [("91", "71"), ("34", "181"), ("inf", "71"), ("nan", "nan"), ("", ""), ("34;", "71")],
)
def test_a_place_that_is_none_is_no_place(phone: Phone, lat: str, lon: str) -> None:
    press(browser(), phone, lat=lat, lon=lon)
    assert Alarm.objects.count() == 1
    assert not LivePlace.objects.exists()


def test_she_sees_each_step_shows_her_place_and_takes_it_back(phone: Phone) -> None:
    client = browser()
    typed = receipt(press(client, phone))
    hina, alarm = viewer("T-005", phone.at), Alarm.objects.get()
    actions.see(alarm=alarm, viewer=hina, at=phone.at + MINUTE)
    actions.go(alarm=alarm, viewer=hina, at=phone.at + 2 * MINUTE)
    page = client.post("/help/", {"receipt": typed, "do": "look"}).content.decode()
    assert page.count("not yet") == 1
    told = client.post(
        "/help/", {"receipt": typed, "do": "shown", "lat": "34.12345", "lon": "71.54321", "radius": "12"},
        headers={"accept": "application/json"},
    ).json()  # fmt: skip
    assert told["coming"]
    assert not told["there"]
    spot = queries.spot(alarm)
    assert spot is not None
    assert (spot.lat, spot.lon, spot.radius) == (34.12345, 71.54321, 12)
    hidden = client.post("/help/", {"receipt": typed, "do": "hide"}).content.decode()
    assert "deleted" in hidden
    assert not LivePlace.objects.exists()
    placed = client.post("/help/", {"receipt": typed, "do": "where", "words": "gul bagh"})
    assert "They have it" in placed.content.decode()
    case = Case.objects.select_related("place").get()
    assert case.place is not None
    assert case.place.code == "gul-bagh"


def test_a_wrong_receipt_opens_nothing_and_the_button_is_there(phone: Phone) -> None:
    answer = browser().post("/help/", {"receipt": "1" * 20, "do": "safe"})
    assert answer.status_code == 404
    assert "Call for help" in answer.content.decode()


def test_where_nobody_may_have_it_she_is_told_that_it_rings_nowhere(phone: Phone) -> None:
    from mohalla.foundation.units import queries as units
    from mohalla.foundation.units.models import Posting

    Posting.objects.all().delete()
    units.forget()
    page = press(browser(), phone)
    assert Alarm.objects.count() == 1
    assert "rings nowhere" in page
    assert 'href="tel:' in page


def test_the_page_says_what_it_cannot_do_and_works_without_scripts(phone: Phone) -> None:
    for language, words in (("en", "What it cannot do"), ("ur", "یہ کیا نہیں کر سکتا")):
        page = browser().get(f"/{language}/help/").content.decode()
        assert words in page
        assert 'href="sms:' in page
        assert "body=SOS" in page
        assert 'href="tel:' in page


# --- by text


def test_sos_by_text_with_coordinates_seen_and_coming_by_text(phone: Phone) -> None:
    said = phone.text("SOS 34.12345,71.54321")
    case = Case.objects.get()
    assert case.reference in said
    spot = queries.spot(Alarm.objects.get())
    assert spot is not None
    assert (spot.lat, spot.lon) == (34.12345, 71.54321)
    hina, alarm = viewer("T-005", phone.at), Alarm.objects.get()
    actions.see(alarm=alarm, viewer=hina, at=phone.at)
    phone.wait(MINUTE)
    seen = phone.last()
    assert "dekh liya" in seen or "seen it" in seen or "دیکھ لیا" in seen
    actions.go(alarm=alarm, viewer=hina, at=phone.at)
    phone.wait(MINUTE)
    assert phone.last() != seen
    phone.text("BACHAO")
    assert Report.objects.count() == 1  # the same call, loud again
    alarm.refresh_from_db()
    assert alarm.loud_since is not None


def test_a_missed_call_on_the_number_of_danger_is_a_call_for_help_once(phone: Phone) -> None:
    for _again in range(2):
        missed.handler()(missed=Missed(key="call-1", number=AMINA, line="danger"), at=phone.at)
    run_due(at=phone.at)
    assert Alarm.objects.count() == 1
    case = Case.objects.select_related("report").get()
    assert case.report.door == "missed"
    assert case.reference in thread(AMINA)[-1]
    phone.text("Gul Bagh")  # the place that was asked for
    case.refresh_from_db()
    assert case.place is not None


def test_a_missed_call_on_our_number_is_owed_a_call(phone: Phone) -> None:
    missed.handler()(missed=Missed(key="call-2", number=AMINA, line="help"), at=phone.at)
    run_due(at=phone.at)
    case = Case.objects.get()
    assert not case.danger
    assert case.reference in thread(AMINA)[-1]
    missed.handler()(missed=Missed(key="call-3", number="", line="help"), at=phone.at)
    assert Report.objects.count() == 1
    missed.handler()(missed=Missed(key="call-4", number="", line="danger"), at=phone.at)
    assert Alarm.objects.count() == 1


def test_the_gateway_of_missed_calls_is_hidden_without_its_secret(
    phone: Phone, settings: Any
) -> None:
    form = {"id": "c-1", "from": AMINA, "to": "+92911787", "secret": "a secret of the service"}
    assert Client().post("/missed/gateway/", form).status_code == 404
    settings.MISSED_SECRET, settings.DANGER_NUMBER = "a secret of the service", "1788"
    assert Client().post("/missed/gateway/", {**form, "secret": "wrong"}).status_code == 404
    assert Client().post("/missed/gateway/", {**form, "id": ""}).status_code == 400
    assert Client().get("/missed/gateway/").status_code == 405
    with clock.fixed(phone.at):
        assert Client().post("/missed/gateway/", form).status_code == 204
        assert (
            Client().post("/missed/gateway/", {**form, "id": "c-2", "to": "1788"}).status_code
            == 204
        )
        assert (
            Client().post("/missed/gateway/", {**form, "id": "c-2", "to": "1788"}).status_code
            == 204
        )
    assert Alarm.objects.count() == 1
