"""A phone is not a key: what RASEED, PERSON and the old phone get, and who is not locked out."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.counter import proposed
from tests.web.test_sms_loop import NEVER_SAID, START, Phone

from mohalla.channels.sms import handler
from mohalla.channels.sms.models import Delivery
from mohalla.foundation import catalogue, clock, identifiers
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Contact
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import viewer_at
from mohalla.site import wiring
from mohalla.site.demo import district
from mohalla.stages.access.actions import claim as claims
from mohalla.stages.access.actions import decide_claim
from mohalla.stages.access.models import ReceiptClaim
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
POLICE = "SHO Chinar ne paise liye hain, Gul Bagh"
LIGHT = "street light is broken near the mosque"
TWENTY = re.compile(r"(?:\d{4} ?){5}")
HOUR = timedelta(hours=1)


@pytest.fixture
def phone() -> Phone:
    district.build(since=START - timedelta(days=40))
    handler.forget()
    handler.register(wiring.heard)
    units.forget()
    return Phone()


def case() -> Case:
    return Case.objects.select_related("report", "unit", "place").get()


def plain(phone: Phone) -> Case:
    """A street light that she classified by her own answers."""
    for words in (LIGHT, "Gul Bagh", "2", "1"):
        phone.text(words)
    assert case().sensitivity == "C1"
    return case()


def message(key: str, one: Case, language: str = "ur-Latn") -> str:
    return catalogue.message(key, language, reference=one.reference, due="")


def granted(phone: Phone, one: Case) -> None:
    claims.ask(sought=one.reference, told="x", contact="", language="ur", at=phone.at)
    phone.wait(timedelta(hours=73))
    claim = ReceiptClaim.objects.get()
    who = Promise.objects.get(kind="receipt").officer_id
    assert who is not None
    viewer = viewer_at(units.directory(), officer=who, at=phone.at)
    decide_claim.grant(claim=claim, case=case(), viewer=viewer, reason="agreed", at=phone.at)


def test_a_plain_receipt_comes_by_text_a_confidential_one_never(phone: Phone) -> None:
    phone.text(POLICE)
    one = case()
    assert one.sensitivity == "C3"
    answer = phone.text("RASEED")
    assert answer == message("receipt_refused", one)
    assert not any(TWENTY.search(words) for words in phone.heard())
    assert not Delivery.objects.filter(sealed=True).exists()
    assert not any(word in answer.lower() for word in NEVER_SAID)
    Case.objects.update(sensitivity="C1")
    assert TWENTY.search(phone.text("RASEED"))
    Case.objects.update(sensitivity="C2")
    assert not TWENTY.search(phone.text("RASEED"))


def test_of_a_confidential_matter_the_status_says_no_stage(phone: Phone) -> None:
    phone.text(POLICE)
    assert phone.text("HAAL") == message("status_receipt_needed", case())
    Case.objects.update(sensitivity="C1")
    assert catalogue.get().stage_name("received", "ur-Latn", neutral=True) in phone.text("HAAL")


def test_she_who_has_only_a_phone_gets_a_private_call_and_her_say(phone: Phone) -> None:
    """Full control of the number gives a call, in which somebody asks what only she knows."""
    phone.text(POLICE)
    one = case()
    phone.text("BANDA")
    phone.text("BANDA")
    call = Promise.objects.get(kind="call_back")
    assert call.unit_id not in {None, one.unit_id}
    assert call.due_at <= phone.at + timedelta(hours=24)
    assert call.officer_id is not None
    desk = frozenset({call.unit_id or 0})
    with clock.fixed(phone.at):
        assert proposed(one, at=phone.at).outcomes.get().asked_at
        phone.text("HAAN")
        assert case().closed_at is None, "the phone alone confirms nothing"
        casework.log_call_back(
            case=case(), officer=call.officer_id, desks=desk, reached=True, agrees=True,
            verdict="confirm", at=phone.at,
        )  # fmt: skip
    assert case().closing == "confirmed"
    call.refresh_from_db()
    assert call.state == "kept"


def test_a_plain_matter_needs_no_second_desk(phone: Phone) -> None:
    plain(phone)
    phone.text("BANDA")
    assert not Promise.objects.filter(kind="call_back").exists()
    assert Promise.objects.filter(kind="answer", state="open").exists()


def test_after_a_new_receipt_the_old_phone_is_nobody(phone: Phone) -> None:
    one = plain(phone)
    assert TWENTY.search(phone.text("RASEED"))
    proposed(one, at=phone.at)
    phone.wait(HOUR)
    granted(phone, one)
    phone.wait(timedelta(days=1))
    assert phone.last() == message("receipt_renewed", one, "en"), "one last word"
    heard = len(phone.heard())
    casework.reply(
        case=case(), officer=Case.objects.get().officer_id or 0, text="Salam", at=phone.at
    )
    phone.wait(timedelta(days=1))
    assert len(phone.heard()) == heard
    assert phone.text("RASEED") == message("status_unknown", one, "en")
    assert phone.text(f"HAAL {one.reference}") == message("status_unknown", one, "en")
    phone.text("1")
    assert case().closed_at is None, "the verdict is not for who holds the old phone"
    her = Phone("+923009998887")
    her.at = phone.at
    receipt = identifiers.receipt_for(one.pk, case().report.receipt_version)
    with clock.fixed(her.at):
        Client().post("/ur/track/", {"receipt": receipt, "do": "contact", "phone": "03009998887"})
    assert case().reference in her.text("HAAL")


def test_news_that_waits_for_a_safe_hour_does_not_reach_a_number_that_was_given_up(
    phone: Phone,
) -> None:
    one = plain(phone)
    Contact.objects.update(safe_from=9, safe_to=10)  # it is past ten
    casework.reply(case=one, officer=one.officer_id or 0, text="Salam", at=phone.at)
    assert Delivery.objects.filter(purpose="news", state="waiting").count() == 1
    receipt = identifiers.receipt_for(one.pk, one.report.receipt_version)
    with clock.fixed(phone.at):
        Client().post("/ur/track/", {"receipt": receipt, "do": "forget"})
    assert Delivery.objects.filter(purpose="news", state="cancelled").count() == 1
    assert reports.remove_contacts(report=one.report, by="test", at=phone.at) == 0


@pytest.mark.parametrize("door", ["web", "api", "sms"])
def test_a_contact_owed_at_an_unsafe_hour_moves_behind_it_by_every_door(
    phone: Phone, door: str
) -> None:
    for words in (LIGHT, "Gul Bagh", "2"):
        phone.text(words)
    before = Promise.objects.get(kind="contact", state="open")
    receipt = identifiers.receipt_for(case().pk, case().report.receipt_version)
    hours: Any = {"phone": phone.number, "safe_hours": "8-12"}
    with clock.fixed(phone.at):
        if door == "web":
            Client().post("/en/track/", hours | {"receipt": receipt, "do": "contact"})
        elif door == "api":
            done = Client().post(
                "/api/v1/report/contact", hours, content_type="application/json",
                headers={"Authorization": f"Receipt {receipt}"},
            )  # fmt: skip
            assert done.status_code == 200
        else:
            phone.text("4")  # of the matter: rather not say
            phone.text("1")  # in the morning
    after = Promise.objects.get(kind="contact", state="open")
    assert (after.after_id, after.due_at > before.due_at) == (before.pk, True)
    assert 8 <= after.due_at.astimezone(clock.PKT).hour <= 12
    before.refresh_from_db()
    assert (before.state, before.reason) == ("ended", "safe hours")
