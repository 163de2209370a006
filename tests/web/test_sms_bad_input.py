"""Texts that no person meant well, or at all, through the whole product: kept, bounded, no crash."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings
from tests.web.test_sms_loop import AMINA, START, Phone
from tests.web.test_sms_questions import phone as phone

from mohalla.channels.sms import actions as sms
from mohalla.channels.sms import embedded
from mohalla.channels.sms.models import Delivery, DeliveryState, Inbound
from mohalla.channels.sms.rules import loops
from mohalla.foundation import clock
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Report
from mohalla.site.schedule import run_due
from mohalla.stages.access.models import Conversation
from mohalla.station.casework.models import Case

pytestmark = pytest.mark.django_db(transaction=True)
MOST_OF_THE_TEST = 600
GONE = (DeliveryState.SENT, DeliveryState.DELIVERED)


def arrives(sender: str, text: str, at: object = START) -> Inbound:
    row = sms.receive(
        sender=sender, recipient="1787", text=text, carrier_id=uuid4().hex, at=at,  # type: ignore[arg-type]
    )  # fmt: skip
    assert row is not None
    assert row.state == "handled", row.error
    return row


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200f\u200e", "\x00"])
def test_an_empty_text_is_told_so_and_makes_nothing(phone: Phone, text: str) -> None:
    phone.text(text)
    assert Inbound.objects.get().state == "handled"
    assert len(phone.heard()) == 1
    if not text.strip("\x00"):
        return  # NUL is kept as a mark that something stood there
    assert not Report.objects.exists()


@pytest.mark.parametrize("awaiting", ["place", "place_again", "danger", "matter", "hours", "reply"])
def test_an_empty_text_leaves_the_open_question_open(phone: Phone, awaiting: str) -> None:
    phone.text("street light is broken near the mosque")
    Conversation.objects.update(awaiting=awaiting, asked_at=phone.at)
    phone.text("  ")
    assert Inbound.objects.filter(state="handled").count() == 2
    assert Conversation.objects.get().awaiting == awaiting
    assert Report.objects.count() == 1


@pytest.mark.parametrize("sender", ["HBL", "JAZZ-4G", "1787", "", "12345678901234567890", "؟؟؟"])
def test_a_sender_that_nobody_reads_is_kept_and_never_answered(phone: Phone, sender: str) -> None:
    arrives(sender, "Gul Bagh ki gali mein light nahi hai")
    with clock.fixed(START):
        run_due(at=START)
    assert reports.words_of(Report.objects.get()) == "Gul Bagh ki gali mein light nahi hai"
    assert not Delivery.objects.filter(state__in=GONE).exists()
    assert Delivery.objects.get().state == DeliveryState.REFUSED
    arrives(AMINA, "Gul Bagh ki gali mein light nahi hai")  # a person is answered
    assert Delivery.objects.exclude(state=DeliveryState.REFUSED).count() == 1


def test_two_auto_responders_facing_each_other_end_in_silence(phone: Phone) -> None:
    """The other side answers everything at once, each time in other words."""
    seen = 0
    for turn in range(200):
        phone.text(f"Thank you! Ticket {turn}. We are away.", later=timedelta(seconds=5))
        heard = len(phone.heard())
        if heard == seen:
            break
        seen = heard
    assert seen <= loops.REPLIES_AN_HOUR
    assert turn < 60
    assert Inbound.objects.filter(state="handled").count() == turn + 1  # all of it is kept
    assert Report.objects.exists()


def got() -> int:
    return Delivery.objects.filter(to=AMINA, state__in=GONE).count()


def test_a_machine_that_answers_news_does_not_breed_more_of_it(phone: Phone) -> None:
    """For two days it answers whatever it gets: reports, lateness and news stay bounded."""
    answered, daily = 0, [0]
    phone.text("Thank you! Ticket 0. We are away.")
    for hour in range(1, 49):
        phone.wait(timedelta(hours=1))
        while answered < got() < MOST_OF_THE_TEST:
            answered += 1
            phone.text(f"Thank you! Ticket {answered}. We are away.", later=timedelta(seconds=5))
        if hour % 24 == 0:
            daily.append(got())
    spans = [now - before for before, now in pairwise(daily)]
    assert max(spans) <= loops.REPLIES_A_DAY + loops.NEWS_A_DAY + 5, spans
    assert got() < MOST_OF_THE_TEST


def test_many_numbers_with_one_text_each_meet_the_spend_stop(
    phone: Phone, settings: Settings
) -> None:
    """Pumping, in small: every report is kept, what we pay for is bounded, danger goes out."""
    settings.SMS_PARTS_A_DAY = 20  # answers have three times as much
    for number in range(150):
        at = START + timedelta(seconds=number)
        arrives(f"+92300{number:07d}", f"Gali number {number} mein light nahi hai", at)
        embedded.deliver_due(at=at)
    assert Report.objects.count() == 150
    assert Case.objects.count() == 150
    paid = sum(Delivery.objects.filter(state__in=GONE).values_list("price_units", flat=True))
    assert 60 <= paid <= 64
    late = START + timedelta(minutes=5)
    sms.send(to=AMINA, text="!", purpose="danger", subject="", dedup_key="d", at=late)
    embedded.deliver_due(at=late)
    assert Delivery.objects.get(purpose="danger").state in GONE
    assert Delivery.objects.filter(state=DeliveryState.WAITING).exists()  # held back, not lost
    tomorrow = START + timedelta(hours=25)
    embedded.deliver_due(at=tomorrow)
    assert Delivery.objects.filter(state__in=GONE).count() > 61


def test_texts_of_every_kind_are_kept_and_answered(phone: Phone) -> None:
    draw = random.Random(7)
    strange = [
        "ا" * 20_500,
        "x" * 39_000,
        "a\u0300" + "\u0300" * 500,
        "\u202egnirts\u202c",
        "={1+1}|cmd",
        "{{ settings.SECRET_KEY }} {% debug %} {reference}",
        "<script>alert(1)</script>",
        "".join(
            chr(draw.choice([draw.randrange(32, 0xD7FF), draw.randrange(0xE000, 0x2FFFF)]))
            for _ in range(300)
        ),
        "1234567890" * 20,
        "STATUS " + "9" * 500,
        "1 " * 400,
    ]
    for text in strange:
        phone.text(text, later=timedelta(hours=1))
        assert phone.last(), text[:30]
        Conversation.objects.update(awaiting="")
    assert not Inbound.objects.exclude(state="handled").exists()
    assert any(reports.words_of(one).count("ا") == 20_500 for one in Report.objects.all())
