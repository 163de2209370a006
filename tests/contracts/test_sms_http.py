"""The gateway over HTTP: what only this adapter promises, against a gateway in another process."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as some
from tests.peers.carrier import free_port
from tests.peers.our_pages import QUICK, SECRET, Kannel
from tests.peers.sms_lines import wait_until

from mohalla.channels.sms import actions, address
from mohalla.channels.sms.http.proof import receipt_proof
from mohalla.channels.sms.http.transport import HttpTransport
from mohalla.channels.sms.models import (
    Delivery,
    DeliveryReceipt,
    Inbound,
    Part,
    SentPart,
    Unreadable,
)
from mohalla.channels.sms.port import Outgoing, Refused, Unavailable

pytestmark = [pytest.mark.network, pytest.mark.django_db(transaction=True)]

AMINA = "+923001234567"
URDU = "میری گلی میں بتی نہیں ہے، رات کو لوگ بیٹھے رہتے ہیں"
WEB = f"http://u:p@127.0.0.1:9/?kind=kannel&secret={SECRET}&callback=http://127.0.0.1:8000"


def owe(text: str = URDU, key: str = "k") -> Delivery:
    return actions.send(
        to=AMINA, text=text, purpose="news", subject="K7M2", dedup_key=key, at=timezone.now()
    )


def states() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def test_it_asks_as_kannels_guide_says(kannel: Kannel) -> None:
    kannel.transport.send(Outgoing(AMINA, URDU, 1))
    assert wait_until(lambda: len(kannel.gateway.asked) == 1)
    asked = kannel.gateway.asked[0]
    assert asked["path"] == "/cgi-bin/sendsms"
    given = asked["given"]
    assert given["text"] == URDU
    assert (given["coding"], given["charset"], given["from"]) == ("2", "UTF-8", "1787")
    assert int(given["dlr-mask"]) & (1 | 2 | 16) == 19
    assert given["dlr-url"].startswith(f"{kannel.pages.url}/sms/gateway/receipt?")
    assert SECRET not in given["dlr-url"]
    kannel.transport.send(Outgoing(AMINA, "gali mein batti nahi", 1))
    assert wait_until(lambda: len(kannel.gateway.asked) == 2)
    assert kannel.gateway.asked[1]["given"]["coding"] == "0"


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("kind", "state"), [(1, "delivered"), (2, "failed"), (16, "failed")])
def test_receipts_before_and_after_the_answer(
    kannel: Kannel, when: str, kind: int, state: str
) -> None:
    kannel.gateway.mode(receipts=when, type=kind, times=2)
    owe()
    assert wait_until(lambda: states() == [state]), states()
    assert wait_until(lambda: kannel.gateway.receipts == [200, 200])
    assert DeliveryReceipt.objects.get().part is not None


def test_no_end_is_no_end(kannel: Kannel) -> None:
    """Kannel's 8: the carrier has it. That is not yet the phone."""
    kannel.gateway.mode(receipts="after", type=8)
    owe()
    assert wait_until(lambda: DeliveryReceipt.objects.filter(fate="pending").count() == 1)
    assert states() == ["sent"]


@pytest.mark.parametrize(
    ("status", "words", "raised"),
    [
        (400, "Missing receiver number, rejected", Refused),
        (403, "Authorization failed for sendsms", Unavailable),
        (503, "Temporal failure, try again later.", Unavailable),
        (500, "", Unavailable),
        (202, "Welcome to nginx", Unavailable),
        (200, "", Unavailable),
    ],
)
def test_its_no_is_never_or_later(
    kannel: Kannel, status: int, words: str, raised: type[Exception]
) -> None:
    kannel.gateway.mode(status=status, words=words)
    with pytest.raises(raised) as told:
        kannel.transport.send(Outgoing(AMINA, URDU, 1))
    assert "pass" not in str(told.value)


def test_a_redirect_is_not_followed(kannel: Kannel) -> None:
    """Nothing but the configured host is ever asked, whoever says so."""
    elsewhere = f"{kannel.pages.url}/sms/gateway/in?secret={SECRET}&from=1&text=x"
    kannel.gateway.mode(redirect=elsewhere)
    with pytest.raises(Unavailable, match="302"):
        kannel.transport.send(Outgoing(AMINA, URDU, 1))
    assert not Inbound.objects.exists()


def test_a_proxy_in_the_surroundings_is_not_asked(
    kannel: Kannel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    fresh = HttpTransport(kannel.address, timing=QUICK)
    fresh.send(Outgoing(AMINA, URDU, 1))
    fresh.stop()


@pytest.mark.parametrize("mode", [{"silent": 6}, {"endless": True}])
def test_silence_and_an_endless_answer_mean_later(kannel: Kannel, mode: dict[str, Any]) -> None:
    kannel.gateway.mode(**mode)
    begun = time.monotonic()
    with pytest.raises(Unavailable):
        kannel.transport.send(Outgoing(AMINA, URDU, 1))
    assert time.monotonic() - begun < 4
    assert not kannel.transport.is_up
    assert wait_until(lambda: kannel.transport.is_up, 2)


def test_it_stops_while_the_gateway_is_silent(kannel: Kannel) -> None:
    kannel.gateway.mode(silent=6)
    owe()
    assert wait_until(lambda: states() == ["sending"])
    assert kannel.close() < 5
    assert states() == ["waiting"]
    kannel.open_again()


def test_the_gateway_is_killed_and_comes_back(kannel: Kannel) -> None:
    kannel.gateway.kill()
    owe()
    assert wait_until(lambda: Delivery.objects.filter(attempts__gte=1, state="waiting").exists())
    kept = Delivery.objects.get().last_error
    assert "pass" not in kept
    kannel.gateway.start()
    Delivery.objects.update(next_try_at=timezone.now())
    assert wait_until(lambda: states() == ["delivered"], 15), states()
    assert kannel.phone_shows(AMINA) == [URDU]


def test_long_texts_are_counted_by_their_parts(kannel: Kannel) -> None:
    owe("سڑک ٹوٹی ہوئی ہے۔ " * 16)
    assert wait_until(lambda: states() == ["delivered"])
    delivery = Delivery.objects.get()
    assert delivery.price_units == delivery.parts > 1
    assert SentPart.objects.count() == 1


def test_parts_with_a_header_in_any_order_twice_and_from_two_phones(kannel: Kannel) -> None:
    """Where the gateway does not join them itself; the same reference from two numbers."""
    other = "+923337654321"
    for udh, said in (
        ("050003090302", "ب" * 67),
        ("050003090303", "پ" * 5),
        ("050003090301", "ا" * 67),
    ):
        for sender in (AMINA, other, AMINA):
            assert kannel.brings(sender, said.encode("utf-16-be").hex(), 8, udh=udh) == 200
    assert dict(Inbound.objects.values_list("sender", "text")) == {
        AMINA: "ا" * 67 + "ب" * 67 + "پ" * 5,
        other: "ا" * 67 + "ب" * 67 + "پ" * 5,
    }
    assert not Part.objects.filter(inbound=None).exists()


def test_a_replayed_text_is_one_row_and_another_id_is_said_again(kannel: Kannel) -> None:
    said = b"haan".hex()
    for _ in range(3):
        assert kannel.brings(AMINA, said, 0, key="one") == 200
    assert Inbound.objects.get().copies == 3
    Inbound.objects.update(received_at=timezone.now() - timedelta(hours=2))
    assert kannel.brings(AMINA, said, 0, key="one") == 200  # two hours later, still a replay
    assert Inbound.objects.count() == 1
    assert kannel.brings(AMINA, said, 0, key="two") == 200
    assert Inbound.objects.filter(repeats__isnull=False).count() == 1


def test_the_same_text_twice_at_the_same_moment_under_two_ids_is_one_row(kannel: Kannel) -> None:
    """Web threads store side by side: the database decides, not who looked first."""
    for turn in range(6):
        said = f"madad {turn}".encode().hex()
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _, said=said: kannel.brings(AMINA, said, 0), range(4)))
        assert answers == [200] * 4
    assert list(Inbound.objects.values_list("copies", flat=True)) == [4] * 6


@pytest.mark.parametrize("secret", ["", "x", SECRET[:-1], SECRET + "x", SECRET.upper()])
def test_a_wrong_secret_is_an_unknown_page(kannel: Kannel, secret: str) -> None:
    assert kannel.brings(AMINA, b"madad".hex(), 0, secret=secret) == 404
    assert not Inbound.objects.exists()
    assert not Unreadable.objects.exists()
    assert kannel.brings(AMINA, b"madad".hex(), 0) == 200


def test_without_a_gateway_nobody_learns_of_the_webhook(client: Client, settings: Any) -> None:
    query = f"secret={SECRET}&from=923001234567&to=1787&text=madad&id=1"
    settings.SMS_URL = "embedded:"
    hidden = client.get(f"/sms/gateway/in?{query}")
    unknown = client.get(f"/sms/gateway/else?{query}")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.content.replace(b"gateway/in", b"gateway/else") == unknown.content
    settings.SMS_URL = WEB
    assert client.get(f"/sms/gateway/in?{query}").status_code == 200
    assert Inbound.objects.get().text == "madad"
    assert SECRET.encode() not in bytes(Inbound.objects.get().pdu or b"")


def test_the_secret_may_stand_in_a_header(client: Client, settings: Any) -> None:
    settings.SMS_URL = WEB
    asked = "/sms/gateway/in?from=923001234567&to=1787&text=madad"
    assert client.get(asked, headers={"Authorization": "Bearer wrong"}).status_code == 404
    assert client.get(asked, headers={"Authorization": f"Bearer {SECRET}"}).status_code == 200


def test_a_receipt_needs_the_proof_of_its_own_id(client: Client, settings: Any) -> None:
    settings.SMS_URL = WEB
    right = receipt_proof(SECRET, "a1")
    for bad in ("id=a1&state=1", f"id=a2&proof={right}&state=1", "id=a1&proof=é&state=1"):
        assert client.get(f"/sms/gateway/receipt?{bad}").status_code == 404, bad
    assert not DeliveryReceipt.objects.exists()
    assert client.get(f"/sms/gateway/receipt?id=a1&proof={right}&state=1").status_code == 200
    kept = DeliveryReceipt.objects.get()  # of a text that we never sent: kept, not guessed
    assert (kept.carrier_id, kept.fate, kept.part) == ("a1", "delivered", None)


def test_the_plain_json_gateway(kannel: Kannel, settings: Any, client: Client) -> None:
    settings.SMS_URL = WEB.replace(
        "u:p@127.0.0.1:9", f"u:pass%20word%2F%26@127.0.0.1:{kannel.gateway.port}"
    ).replace("kannel", "json")
    transport = HttpTransport(address.read(settings.SMS_URL), timing=QUICK)
    assert transport.send(Outgoing(AMINA, URDU, 1)).carrier_ids == ("json-1",)
    with pytest.raises(Refused):
        transport.send(Outgoing("8787", URDU, 1))
    transport.stop()
    given = kannel.gateway.asked[0]["given"]
    assert (given["to"], given["text"]) == (AMINA, URDU)
    for _ in range(2):
        posted = client.post(
            "/sms/gateway/in",
            {"from": AMINA, "to": "1787", "text": URDU, "id": "g1"},
            content_type="application/json",
            headers={"Authorization": f"Bearer {SECRET}"},
        )
        assert posted.status_code == 200
    assert Inbound.objects.get().text == URDU
    query = parse_qs(urlsplit(given["callback"]).query)
    told = client.post(
        f"/sms/gateway/receipt?id={query['id'][0]}&proof={query['proof'][0]}",
        {"status": "delivered"},
        content_type="application/json",
    )
    assert told.status_code == 200
    assert DeliveryReceipt.objects.get().fate == "delivered"


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("from=923001234567", 400),
        ("text=x", 400),
        ("from=HBL&text=hello", 200),
        ("from=1787&text=hello", 200),
        ("from=&text=", 200),
        ("from=923001234567&text=%06%45%06&coding=2", 200),  # odd UTF-16
        ("from=923001234567&text=%00%00%00a&coding=2", 200),
        ("from=923001234567&text=hi&udh=%ff%00%03", 200),  # a header that lies
        ("from=923001234567&text=%ff%fe%80", 200),
        ("from=%00%0a&text=%00", 200),
        ("&".join(f"a{n}=1" for n in range(100)), 404),
        ("from=923001234567&text=" + "a" * 70_000, 404),
    ],
)
def test_strange_calls_are_answered_and_kept(
    client: Client, settings: Any, query: str, status: int
) -> None:
    settings.SMS_URL = WEB
    path = f"/sms/gateway/in?secret={SECRET}&{query}"
    assert client.get(path).status_code == status
    kept = Inbound.objects.count() + Unreadable.objects.count()
    assert kept == (1 if status in (200, 400) else 0)


@hypothesis(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=some.binary(max_size=300),
    udh=some.binary(max_size=12),
    sender=some.text(max_size=30),
    coding=some.sampled_from(["0", "1", "2", "", "nine"]),
)
def test_any_bytes_are_a_text(
    client: Client, settings: Any, text: bytes, udh: bytes, sender: str, coding: str
) -> None:
    settings.SMS_URL = WEB
    before = Inbound.objects.count() + Part.objects.count()
    copies = sum(Inbound.objects.values_list("copies", flat=True))
    answer = client.get(
        f"/sms/gateway/in?secret={SECRET}&from={quote(sender)}&text={quote(text)}"
        f"&udh={quote(udh)}&coding={coding}"
    )
    assert answer.status_code == 200
    more = Inbound.objects.count() + Part.objects.count() > before
    again = sum(Inbound.objects.values_list("copies", flat=True)) > copies
    assert more or again or Part.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://gateway/",
        f"http://gateway/?kind=nobody&secret={SECRET}",
        "http://gateway/?kind=kannel&secret=short",
        f"http://gateway/?kind=kannel&secret={SECRET}&callback=ftp://x",
        f"http://?kind=kannel&secret={SECRET}",
        f"https://u:{SECRET}/x@gateway/?kind=kannel&secret={SECRET}",
    ],
)
def test_a_wrong_address_says_what_to_mend_and_keeps_the_secret(url: str) -> None:
    with pytest.raises(address.BadAddress, match="MOHALLA_SMS") as told:
        address.read(url)
    assert SECRET not in str(told.value)
    assert "short" not in str(told.value)


def test_plain_http_beyond_this_machine_is_told_by_the_doctor(settings: Any) -> None:
    from mohalla.site import doctor

    settings.DEMO = False
    far = f"http://u:p@gateway.example/?kind=kannel&secret={SECRET}"
    for url, loud in ((far, True), (far.replace("http:", "https:"), False), (WEB, False)):
        settings.SMS_URL = url
        found = [one.what for one in doctor._texts()]
        assert any("readable" in what for what in found) is loud, url
