"""Help by one press, by text, by a missed call; her words for safe; those she trusts; a journey."""

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
from mohalla.channels.sms.models import Delivery
from mohalla.foundation import clock, limiter
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Message, Report
from mohalla.site.schedule import run_due
from mohalla.stages.access.models import CardCall, Journey, SafetyCard
from mohalla.station.casework.models import Case
from mohalla.station.response import actions, queries
from mohalla.station.response.models import Alarm, ChildSearch, LivePlace

__all__ = ["phone"]

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)
SISTER, BROTHER = "+923002220002", "+923003330003"
CARD = {
    "do": "make", "name": "Zarghoona", "phone": AMINA, "trusted": f"{SISTER}\n0300 3330003",
    "safe_word": "gulab", "warning_word": "Neela", "place": "gul-bagh",
}  # fmt: skip


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
    case = Case.objects.get()
    if not case.recipients.exists():
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


# --- the card


def make_card(phone: Phone, /, **said: str) -> str:
    with clock.fixed(phone.at):
        page = browser().post("/help/card/", {**CARD, **said}).content.decode()
    found = re.search(r"(\d{4}) (\d{4}) (\d{4})", page)
    assert found is not None, page
    return "".join(found.groups())


def test_nobody_sets_a_card_up_for_another_phone(phone: Phone) -> None:
    make_card(phone)
    phone.wait(MINUTE)
    asked = phone.last()
    assert "1" in asked
    for word in ("police", "Zarghoona", "SOS", "card"):
        assert word not in asked
    phone.text("SOS")
    phone.wait(MINUTE)
    assert not thread(SISTER)  # nobody had said yes from this phone
    make_card(phone)
    phone.text("2")
    assert not SafetyCard.objects.exists()


def test_those_she_trusts_are_told_once_and_again_when_it_is_over(phone: Phone) -> None:
    make_card(phone)
    phone.text("1")
    phone.text("SOS")
    phone.text("SOS")
    for number in (SISTER, BROTHER):
        assert len(thread(number)) == 1
        assert "Zarghoona" in thread(number)[0]
    alarm = Alarm.objects.get()
    phone.text("SAFE")
    assert len(thread(SISTER)) == 1  # her word alone may not have been free
    actions.end(alarm=alarm, viewer=viewer("T-005", phone.at), how="spoke", at=phone.at)
    phone.wait(MINUTE)
    assert len(thread(SISTER)) == 2
    with clock.fixed(phone.at):
        embedded.type_text(number=BROTHER, text="STOP", at=phone.at)
        run_due(at=phone.at)
    phone.text("SOS")
    phone.wait(MINUTE)
    assert "Zarghoona" in thread(SISTER)[-1]
    assert "Zarghoona" not in thread(BROTHER)[-1]  # STOP was answered, and nothing after it
    assert not Delivery.objects.filter(purpose="trusted", text__contains="Zarghoona").exists()


def test_her_two_words_look_the_same_on_her_side(phone: Phone) -> None:
    make_card(phone)
    phone.text("1")
    answers, entries = [], []
    for word in ("gulab", "neela"):
        phone.text("SOS")
        alarm = Alarm.objects.latest("raised_at")
        actions.see(alarm=alarm, viewer=viewer("T-005", phone.at), at=phone.at)
        phone.wait(MINUTE)
        answers.append(phone.text(f"SAFE {word}"))
        alarm.refresh_from_db()
        assert (alarm.duress_at is not None) == (word == "neela")
        assert (alarm.loud_since is not None) == (word == "neela")
        entry = Entry.objects.filter(subject=alarm.case.reference, what="alarm safe").get()
        entries.append((entry.by, entry.facts))
        typed = Message.objects.filter(report=alarm.case.report).order_by("-at").first()
        assert typed is not None
        actions.end(alarm=alarm, viewer=viewer("T-005", phone.at), how="met", at=phone.at)
        phone.wait(MINUTE)
    first, second = (re.sub(r"[A-Z0-9]{7}", "REF", text) for text in answers)
    assert re.sub(r"\d+", "", first) == re.sub(r"\d+", "", second)
    assert entries[0] == entries[1]


def test_by_page_the_number_of_the_card_calls_as_herself(phone: Phone) -> None:
    number = make_card(phone, phone="")
    client = browser()
    page = press(client, phone, card=number)
    assert "Your word" in page
    phone.wait(MINUTE)
    assert len(thread(SISTER)) == 1
    safe = client.post("/help/", {"receipt": receipt(page), "do": "safe", "word": "NEELA"})
    assert "Good that you are safe" in safe.content.decode()
    alarm = Alarm.objects.get()
    assert alarm.duress_at is not None
    assert CardCall.objects.count() == 1
    wrong = press(browser(), phone, card="0" * 12, key="another-key-altogether")
    assert "nobody else was told" in wrong


@pytest.mark.parametrize(
    "said",
    [{"name": ""}, {"trusted": ""}, {"trusted": "12"}, {"trusted": "\n".join([SISTER] * 6)},
     {"phone": "99"}, {"warning_word": "GULAB"}, {"place": "nowhere"}, {"name": "x" * 21}],
)  # fmt: skip
def test_a_card_that_cannot_be_is_refused_with_what_to_mend(
    phone: Phone, said: dict[str, str]
) -> None:
    answer = browser().post("/help/card/", {**CARD, **said})
    assert answer.status_code == 422
    assert not SafetyCard.objects.exists()


def test_a_card_goes_with_its_number_only(phone: Phone) -> None:
    number = make_card(phone)
    assert browser().post("/help/card/", {"do": "remove", "number": "1" * 12}).status_code == 404
    stored = str(list(SafetyCard.objects.values()))
    for secret in ("Zarghoona", AMINA, "gulab", "neela", number):
        assert secret not in stored
    gone = browser().post("/help/card/", {"do": "remove", "number": " ".join(number)})
    assert "deleted" in gone.content.decode()
    assert not SafetyCard.objects.exists()


def test_a_phone_typed_wrong_keeps_nobody_from_being_told_and_is_written_again(
    phone: Phone,
) -> None:
    number, client = make_card(phone, phone=""), browser()
    page = press(client, phone, card=number, phone="12")
    assert "could not be read" in page
    phone.wait(MINUTE)
    assert len(thread(SISTER)) == 1
    typed = receipt(page)
    wrong = client.post("/help/", {"receipt": typed, "do": "phone", "phone": "12"})
    assert "not complete" in wrong.content.decode()
    told = client.post("/help/", {"receipt": typed, "do": "phone", "phone": "0300 1110001"})
    assert "They have it" in told.content.decode()
    assert 'value="phone"' not in told.content.decode()
    contact = reports.contact_of(Report.objects.get())
    assert contact is not None
    assert (reports.contact_value(contact), contact.way) == (AMINA, "call")


# --- a journey


def test_a_journey_that_is_not_ended_calls_for_help_after_asking(phone: Phone) -> None:
    make_card(phone)
    phone.text("1")
    said = phone.text("SAFAR 30 Bazaar se ghar, rickshaw")
    assert "15:33" in said or ":" in said
    phone.wait(29 * MINUTE)
    assert not Alarm.objects.exists()
    asked = len(phone.heard())
    phone.wait(2 * MINUTE)
    assert len(phone.heard()) == asked + 1
    phone.wait(9 * MINUTE)
    assert not Alarm.objects.exists()
    phone.wait(2 * MINUTE)
    alarm = Alarm.objects.select_related("case__report").get()
    assert alarm.case.report.door == "timer"
    assert "Zarghoona" in thread(SISTER)[-1]
    phone.wait(60 * MINUTE)
    assert Alarm.objects.count() == 1
    assert Journey.objects.get().words == ""


@pytest.mark.parametrize("word", ["SAFE", "mehfooz hun", "محفوظ"])
def test_a_journey_is_ended_by_a_word(phone: Phone, word: str) -> None:
    phone.text("JOURNEY 15 bazaar to home")
    phone.text(word)
    phone.wait(120 * MINUTE)
    assert not Alarm.objects.exists()
    assert (Journey.objects.get().words, Journey.objects.get().phone) == ("", "")


def test_asked_she_answers_yes_or_calls_at_once(phone: Phone) -> None:
    phone.text("SAFAR 5 ghar")
    phone.wait(6 * MINUTE)
    phone.text("1")
    phone.wait(60 * MINUTE)
    assert not Alarm.objects.exists()
    phone.text("SAFAR 5 ghar")
    phone.wait(6 * MINUTE)
    phone.text("2")
    assert Alarm.objects.count() == 1


def test_on_the_page_a_journey_needs_no_phone(phone: Phone) -> None:
    client = browser()
    with clock.fixed(phone.at):
        form = {"do": "make", "minutes": "10", "words": "from the bazaar to Gul Bagh on foot"}
        page = client.post("/help/journey/", form).content.decode()
    found = re.search(r"(\d{4}) (\d{4}) (\d{4})", page)
    assert found is not None
    wrong = client.post("/help/journey/", {"do": "arrived", "number": "0" * 12})
    assert wrong.status_code == 404
    with clock.fixed(phone.at + 11 * MINUTE):
        run_due(at=phone.at + 11 * MINUTE)
        assert not Alarm.objects.exists()
        home = client.post("/help/journey/", {"do": "arrived", "number": found[0]})
    assert "Good that you have arrived" in home.content.decode()
    run_due(at=phone.at + 60 * MINUTE)
    assert not Alarm.objects.exists()
    with clock.fixed(phone.at):
        client.post("/help/journey/", form)
    run_due(at=phone.at + 11 * MINUTE)
    run_due(at=phone.at + 22 * MINUTE)
    assert Alarm.objects.count() == 1


@pytest.mark.parametrize("minutes", ["", "0", "721", "x", "-5", "1e3"])
def test_minutes_that_are_none_are_refused(phone: Phone, minutes: str) -> None:
    answer = browser().post("/help/journey/", {"do": "make", "minutes": minutes, "words": "home"})
    assert answer.status_code == 422
    assert not Journey.objects.exists()


def test_a_word_for_safe_without_an_alarm_is_a_report(phone: Phone) -> None:
    phone.text("safe house")
    assert Report.objects.count() == 1


# --- a missing child


@pytest.mark.parametrize("first", ["CHILD MISSING", "bacha gum", "بچہ گم ہے", "ماشوم ورک دی"])
def test_a_missing_child_in_three_answers(phone: Phone, first: str) -> None:
    phone.text(first)
    assert not Report.objects.exists()
    told = phone.text("Zain, 6 saal, surkh qameez")
    case = Case.objects.get()
    assert case.reference in told
    assert (case.category, case.danger) == ("missing_child", True)
    assert Alarm.objects.filter(case=case).count() == 1
    assert ChildSearch.objects.get().since_at == case.opened_at
    phone.text("Gul Bagh school ke paas")
    case.refresh_from_db()
    assert case.place is not None
    done = phone.text("subah aath baje, akela tha")
    assert case.reference in done
    assert Report.objects.count() == 1
    assert Message.objects.filter(report=case.report).count() == 2
    ali = viewer("C-114", phone.at)
    assert [row.case_id for row in queries.open_at(ali)] == [case.pk]


def test_told_in_one_text_it_is_not_asked_again(phone: Phone) -> None:
    phone.text("Beti gum hai Sana, aath saal, school se wapas nahi aayi")
    assert Case.objects.get().category == "missing_child"
