"""What every way to the phones must do, and what SMPP must survive."""

from __future__ import annotations

import random
import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from tests.peers.sms_lines import Line, Screen, Smpp, Worker, pieces, wait_until

from mohalla.channels.sms import actions, handler
from mohalla.channels.sms.models import Delivery, DeliveryReceipt, Inbound, Part
from mohalla.channels.sms.port import Outgoing, Refused, Unavailable
from mohalla.channels.sms.rules import encoding

pytestmark = [pytest.mark.network, pytest.mark.django_db(transaction=True)]

AMINA = "+923001234567"
URDU = "میری گلی میں بتی نہیں ہے، رات کو لوگ بیٹھے رہتے ہیں"
ROMAN = "SHO ne paise liye, 5000 rupay [thana] ~ {kal} ^ \\ | done"
TEXTS = [
    URDU,
    ROMAN,
    "مدد " * 25,
    "Gali mein batti nahi hai. " * 9,
    "سڑک ٹوٹی ہوئی ہے۔ " * 16 + "😀",
    "kal raat " * 80,
]


def owe(text: str, key: str, to: str = AMINA) -> Delivery:
    return actions.send(
        to=to, text=text, purpose="news", subject="K7M2", dedup_key=key, at=timezone.now()
    )


def states() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_what_a_phone_sends_arrives_whole_and_once(line: Screen | Smpp, text: str) -> None:
    line.phone_sends(AMINA, text, times=2)
    inbound = Inbound.objects.get()
    assert (inbound.sender, inbound.recipient, inbound.text) == (AMINA, "1787", text)
    assert inbound.is_whole


def test_what_we_owe_arrives_whole_and_its_end_is_known(line: Screen | Smpp) -> None:
    for number, text in enumerate(TEXTS):
        owe(text, f"k{number}")
    assert wait_until(lambda: set(states()) == {"delivered"}), states()
    # the peer tells what its phone shows a moment after its receipts
    assert wait_until(lambda: sorted(line.phone_shows(AMINA)) == sorted(TEXTS)), TEXTS
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {1}


def test_a_text_comes_up_to_the_handler_and_its_answer_goes_back(line: Screen | Smpp) -> None:
    def answer(*, inbound: handler.InboundSms, at: datetime) -> None:
        actions.send(
            to=inbound.sender,
            text=f"ملا: {inbound.text}",
            purpose="reply",
            subject="",
            dedup_key=f"reply:{inbound.id}",
            at=at,
        )

    handler.register(answer)
    line.phone_sends(AMINA, "madad", times=2)
    assert wait_until(lambda: line.phone_shows(AMINA) == ["ملا: madad"])


def test_too_long_is_refused_and_never_tried_again(line: Screen | Smpp) -> None:
    with pytest.raises(Refused):
        line.transport.send(Outgoing(AMINA, "ب" * 67 * (line.transport.limits.parts + 1), 1))
    owe("ب" * 67 * (line.transport.limits.parts + 1), "long")
    assert wait_until(lambda: states() == ["refused"])


def test_it_stops_within_five_seconds_and_twice(line: Line) -> None:
    assert line.close() < 5
    line.transport.stop()


@pytest.mark.parametrize("count", [2, 5])
def test_parts_in_any_order_from_two_phones_with_one_reference(smpp: Smpp, count: int) -> None:
    """The same reference from two numbers, mixed, backwards, each part twice."""
    orders = random.Random(count)
    texts = {AMINA: "گلی میں پانی " * 10 * (count - 1), "+923337654321": "سڑک " * 33 * (count - 1)}
    posts = [
        (sender, pdu)
        for sender, text in texts.items()
        for pdu in pieces(encoding.encode(text).parts, reference=9)
    ] * 2
    orders.shuffle(posts)
    for sender, pdu in posts:
        assert smpp.carrier.deliver(sender.lstrip("+"), pdu, esm=0x40) == 0
    assert dict(Inbound.objects.values_list("sender", "text")) == texts
    assert Inbound.objects.count() == 2
    assert not Part.objects.filter(inbound=None).exists()


def test_parts_that_never_come_do_not_hold_the_others_for_ever(smpp: Smpp) -> None:
    parts = pieces(encoding.encode("گلی میں پانی " * 30).parts, reference=3)
    for pdu in (parts[0], parts[2]):
        assert smpp.carrier.deliver("923001234567", pdu, esm=0x40) == 0
    assert actions.close_waiting_parts(at=timezone.now()) == 0
    later = timezone.now() + timedelta(minutes=6)
    assert actions.close_waiting_parts(at=later) == 1
    inbound = Inbound.objects.get()
    assert (inbound.parts_arrived, inbound.is_whole) == (2, False)
    assert " … " in inbound.text


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("stat", "state"), [("DELIVRD", "delivered"), ("UNDELIV", "failed")])
def test_receipts_before_and_after_the_answer(smpp: Smpp, when: str, stat: str, state: str) -> None:
    smpp.carrier.mode(receipts=when, stat=stat, times=2)
    owe(TEXTS[4], "five parts")
    assert wait_until(lambda: states() == [state]), states()
    assert wait_until(lambda: DeliveryReceipt.objects.filter(part=None).count() == 0)
    assert wait_until(lambda: DeliveryReceipt.objects.count() == Delivery.objects.get().parts)


def test_receipts_for_unknown_ids_are_kept(smpp: Smpp) -> None:
    receipt = b"id:nobody sub:001 dlvrd:001 stat:DELIVRD err:000 text:x"
    assert smpp.carrier.deliver("923001234567", receipt, coding=0, esm=4) == 0
    assert DeliveryReceipt.objects.get().carrier_id == "nobody"
    assert not Inbound.objects.exists()


@pytest.mark.parametrize(
    ("status", "raised"), [(0x0B, Refused), (0x58, Unavailable), (0x14, Unavailable)]
)
def test_the_carriers_no_is_never_or_later(
    smpp: Smpp, status: int, raised: type[Exception]
) -> None:
    smpp.carrier.mode(status=status)
    with pytest.raises(raised, match="ESME"):
        smpp.transport.send(Outgoing(AMINA, URDU, 1))


def test_no_answer_means_later(smpp: Smpp) -> None:
    smpp.carrier.mode(silent=True)
    begun = time.monotonic()
    with pytest.raises(Unavailable):
        smpp.transport.send(Outgoing(AMINA, URDU, 1))
    assert time.monotonic() - begun < 5


def test_the_smsc_is_killed_and_comes_back_during_traffic(smpp: Smpp) -> None:
    """Nothing owed is lost; nothing that a phone sent, and the SMSC still holds, comes twice."""
    smpp.carrier.mode(receipts="after", stem="a")
    for number in range(30):
        owe(f"khabar {number}", f"k{number}", to=f"+92300{number:07d}")
    first = [smpp.carrier.post(f"92333{n:07d}", f"sms {n}".encode(), coding=0) for n in range(30)]
    wait_until(lambda: len(smpp.carrier.submitted) > 5, 3)
    smpp.carrier.kill()
    held = [n for n, post in enumerate(first) if smpp.carrier.await_answer(post, 1) != 0]
    owe("while it is away", "away")
    assert wait_until(lambda: not smpp.transport.is_up)
    smpp.carrier.start()
    smpp.carrier.mode(receipts="after", stem="b")
    smpp.carrier.await_bound()
    for n in [*held, *range(30)]:  # what it held, and then everything a second time
        assert smpp.carrier.deliver(f"92333{n:07d}", f"sms {n}".encode(), coding=0) == 0
    assert wait_until(lambda: "waiting" not in states() and "sending" not in states(), 20)
    owed = {f"khabar {n}" for n in range(30)} | {"while it is away"}
    assert {one["text"] for one in smpp.carrier.submitted} == owed
    assert sorted(Inbound.objects.values_list("text", flat=True)) == sorted(
        f"sms {n}" for n in range(30)
    )


def test_a_worker_that_dies_leaves_nothing_behind(smpp: Smpp) -> None:
    """Stop while the carrier is silent, then start another: what was under way goes out once."""
    smpp.carrier.mode(silent=True)
    owe(URDU, "k")
    assert wait_until(lambda: states() == ["sending"])
    assert smpp.close() < 5
    assert states() == ["waiting"]
    smpp.carrier.mode(receipts="after")
    smpp.transport = smpp.another()
    smpp.worker = Worker(smpp.transport)
    assert wait_until(lambda: states() == ["delivered"]), states()
    assert wait_until(lambda: smpp.phone_shows(AMINA) == [URDU])


@pytest.mark.parametrize("sender", ["HBL", "1787", "", "12345678901234567890"])
def test_strange_senders_are_kept(smpp: Smpp, sender: str) -> None:
    assert smpp.carrier.deliver(sender, b"hello", coding=0, ton=5) == 0
    assert Inbound.objects.get().sender == sender
