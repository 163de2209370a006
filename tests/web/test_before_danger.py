"""Before danger: the card with those she trusts and her two words, a journey, a missing child."""

from __future__ import annotations

import re

import pytest
from tests.web.test_help import MINUTE, browser, press, receipt, thread
from tests.web.test_sms_loop import AMINA, Phone, phone, viewer

from mohalla.channels.sms import embedded
from mohalla.channels.sms.models import Delivery
from mohalla.foundation import clock
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Message, Report
from mohalla.site.schedule import run_due
from mohalla.stages.access.models import CardCall, Journey, SafetyCard
from mohalla.station.casework.models import Case
from mohalla.station.response import actions, queries
from mohalla.station.response.models import Alarm, ChildSearch

__all__ = ["phone"]

pytestmark = pytest.mark.django_db(transaction=True)
SISTER, BROTHER = "+923002220002", "+923003330003"
CARD = {
    "do": "make", "name": "Zarghoona", "phone": AMINA, "trusted": f"{SISTER}\n0300 3330003",
    "safe_word": "gulab", "warning_word": "Neela", "place": "gul-bagh",
}  # fmt: skip


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
