"""The whole loop by a short code: digits and Roman Urdu on a screen of 182 characters."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests import transcripts
from tests.web.test_sms_loop import AMINA, START, phone, proof, viewer

from mohalla.channels.sms.models import Delivery
from mohalla.foundation import clock, identifiers
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Report
from mohalla.stages.access.models import Call, Conversation
from mohalla.station.casework import actions as casework
from mohalla.station.casework import queries as cases
from mohalla.station.casework.models import Case

__all__ = ["phone"]

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "a secret of the gateway 1787"
MENU = "1 kuch batana"
TRANSCRIPT = """# The whole loop by short code

Written by `make manual` from `tests/web/test_ussd_loop.py`: a simple phone, Roman Urdu, no data. Between the
calls the desk works: Ali says that he spoke with her (he did not), then that it is mended (it is not).
"""


class Handset:
    """A phone that dials a code; each request carries all answers so far, as gateways send them."""

    def __init__(self, number: str = AMINA) -> None:
        self.number, self.at = number, START
        self.session, self.given = "", [""]
        self.numbers = itertools.count()
        self.seen: list[str] = []

    def dial(self) -> str:
        self.session, self.given = f"session-{next(self.numbers)}", []
        self.seen += ["", "## She dials *1787#", ""]
        return self.ask()

    def type(self, words: str) -> str:
        self.given.append(words)
        self.seen.append(f"- *She types {words}*")
        return self.ask()

    def ask(self, **more: str) -> str:
        self.at += timedelta(seconds=20)
        with clock.fixed(self.at):
            answer = Client().post(
                "/ussd/gateway/",
                {"sessionId": self.session, "serviceCode": "*1787#", "phoneNumber": self.number,
                 "text": "*".join(self.given), "secret": SECRET, **more},
            )  # fmt: skip
        assert answer.status_code == 200, answer.content
        screen = answer.content.decode()
        assert len(screen) <= 182 + len("CON ")
        assert screen.isascii()
        self.seen.append(f"- {screen[4:].replace(chr(10), ' / ')}")
        return screen


@pytest.fixture
def handset(phone: Any, settings: Any) -> Handset:
    settings.USSD_SECRET = SECRET
    return Handset()


def test_from_a_first_call_to_kept(handset: Handset) -> None:
    assert MENU in handset.dial()
    assert "kya baat hai" in handset.type("1")
    told = handset.type("Hamari gali ki light kharab hai, andhera hai")
    report = Report.objects.get()
    assert (report.door, report.language) == ("ussd", "ur-Latn")
    assert report.reference in told
    assert "mohalle" in told
    assert "khatre" in handset.type("gulbagh ke paas")
    assert "Baat kis baare" in handset.type("2")
    assert "mehfooz" in handset.type("1")
    last = handset.type("3")
    assert last.startswith("CON ")  # the receipt can still be had in this call
    assert report.reference in last
    case = Case.objects.select_related("report", "unit", "place").get()
    assert case.category == "street_light"
    given = handset.type("5")
    receipt = identifiers.receipt_for(report.pk, report.receipt_version)
    assert identifiers.spoken(receipt) in given
    assert not Delivery.objects.exists()  # nothing comes to a shared phone unasked

    ali = viewer("C-114", handset.at)
    case = cases.case_for(ali, report.reference)
    casework.log_contact(
        case=case, officer=ali.officer, way="call", happened_at=handset.at, reached=True,
        at=handset.at,
    )  # fmt: skip
    handset.dial()
    assert "ne aap se baat ki" in handset.type("3")
    assert "Afsos" in handset.type("2")

    done = "Bulb replaced"
    casework.propose_outcome(
        case=case, officer=ali.officer, kind="solved", what_done=done,
        artefacts=[proof(handset.at)], at=handset.at,
    )  # fmt: skip
    handset.dial()
    assert "poori hui" in handset.type("3")
    assert handset.type("2").startswith("END ")
    case.refresh_from_db()
    assert case.closed_at is None
    assert case.disputes == 1
    assert report.reference in (handset.dial() and handset.type("2"))
    casework.propose_outcome(
        case=Case.objects.get(), officer=Case.objects.get().officer_id, kind="solved",
        what_done="Pole and bulb replaced", artefacts=[proof(handset.at)], at=handset.at,
    )  # fmt: skip
    handset.dial()
    handset.type("3")
    assert "likh liya gaya" in handset.type("1")
    case.refresh_from_db()
    assert case.closed_at is not None
    transcripts.keep("by-short-code.md", TRANSCRIPT, handset.seen)


def told(handset: Handset, words: str = "SHO Chinar ne paise liye hain") -> Case:
    handset.dial()
    handset.type("1")
    handset.type(words)
    return Case.objects.select_related("report").latest("opened_at")


def test_the_same_request_twice_is_one_answer(handset: Handset) -> None:
    handset.dial()
    handset.type("1")
    first = handset.type("Gali ki light kharab hai")
    assert handset.ask() == first
    assert handset.ask() == first
    assert Report.objects.count() == 1


def test_words_with_the_joining_sign_are_kept_as_typed(handset: Handset) -> None:
    handset.dial()
    handset.type("1")
    handset.type("light 2*3 din se band * andhera")
    report = Report.objects.get()
    assert reports.opened(report, report.body) == "light 2*3 din se band * andhera"


def test_a_key_that_means_nothing_says_so_and_loses_nothing(handset: Handset) -> None:
    handset.dial()
    assert "kuch nahi karta" in handset.type("8")
    assert "kya baat hai" in handset.type("1")
    assert "sunai nahi" in handset.type(" ")
    handset.type("Gali ki light kharab hai")
    handset.type("gulbagh")
    assert "kuch nahi karta" in handset.type("7")  # danger: yes or no
    assert MENU in handset.type("0")
    assert Report.objects.count() == 1


def test_danger_by_one_key_rings_and_asks_only_where(handset: Handset) -> None:
    handset.dial()
    screen = handset.type("9")
    case = Case.objects.get()
    assert case.danger
    assert case.reference in screen
    assert "15 par call" in screen
    assert "jagah maloom" in handset.type("gul bagh")


def test_who_told_it_gets_the_receipt_in_this_call_and_nobody_later(handset: Handset) -> None:
    case = told(handset)
    assert case.sensitivity == "C3"
    receipt = identifiers.spoken(identifiers.receipt_for(case.pk, case.report.receipt_version))
    assert MENU in handset.type("0")
    assert receipt in handset.type("5")
    handset.dial()
    assert receipt not in handset.type("5")
    assert "nahi di jati" in handset.ask()


def test_a_confidential_verdict_needs_the_last_four_digits(handset: Handset) -> None:
    case = told(handset)
    Conversation.objects.update(awaiting="verdict", asked_at=handset.at, report=case.report)
    officer = viewer("T-005", handset.at).officer
    casework.propose_outcome(
        case=case, officer=officer, kind="solved", what_done="done", artefacts=[proof(handset.at)],
        at=handset.at,
    )  # fmt: skip
    digits = identifiers.receipt_for(case.pk, case.report.receipt_version)[-4:]
    handset.dial()
    asked = handset.type("3")
    assert "aakhri chaar" in asked
    assert asked.startswith("CON ")  # else the gateway ends the call before the digits
    assert "mehfooz hai" in handset.type(f"{(int(digits) + 1) % 10_000:04}")
    handset.dial()
    handset.type("3")
    assert "poori hui" in handset.type(digits)
    handset.type("1")
    case.refresh_from_db()
    assert case.closed_at is not None


def test_another_phone_learns_nothing(handset: Handset) -> None:
    case = told(handset)
    other = Handset("+923009990001")
    for key in "2345":
        other.dial()
        assert case.reference not in other.type(key)


def test_the_language_is_chosen_by_a_key(handset: Handset) -> None:
    handset.dial()
    handset.type("6")
    handset.type("3")
    assert "tell us something" in handset.dial()


def test_a_call_that_breaks_off_goes_on_by_text(handset: Handset, phone: Any) -> None:
    case = told(handset, "Gali ki light kharab hai")
    phone.at = handset.at
    phone.text("HAAL")
    assert case.reference in phone.last()


@pytest.mark.parametrize("fields", [{"secret": ""}, {"secret": "wrong"}, {"secret": SECRET + "x"}])
def test_nobody_else_learns_that_there_is_such_a_door(handset: Handset, fields: Any) -> None:
    said = {"sessionId": "s", "phoneNumber": AMINA, "text": "", **fields}
    assert Client().post("/ussd/gateway/", said).status_code == 404
    assert Client().get("/ussd/gateway/").status_code == 405
    assert not Call.objects.exists()


def test_without_a_secret_in_the_settings_there_is_none(handset: Handset, settings: Any) -> None:
    settings.USSD_SECRET = ""
    said = {"sessionId": "s", "phoneNumber": AMINA, "text": "", "secret": ""}
    assert Client().post("/ussd/gateway/", said).status_code == 404


@pytest.mark.parametrize(
    "text", ["*" * 500, "1*" + "x" * 4000, "1*\x00\x00", "٩", "1*🚨🚨🚨", "1*‮kharab"]
)
def test_whatever_a_gateway_sends_is_answered(handset: Handset, text: str) -> None:
    said = {"sessionId": "s", "phoneNumber": AMINA, "text": text, "secret": SECRET}
    with clock.fixed(handset.at):
        answer = Client().post("/ussd/gateway/", said)
    assert answer.status_code == 200
    assert answer.content[:4] in {b"CON ", b"END "}
    assert len(answer.content.decode()) <= 186
