"""Make a text durable, once, before anybody looks at it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from mohalla.channels.sms.models import Delivery, DeliveryState, Inbound, Part
from mohalla.channels.sms.port import Received
from mohalla.channels.sms.rules import encoding, numbers, repeats


def keep(*, received: Received, at: datetime) -> Inbound | None:
    """Store a whole message of a carrier in its own transaction; None if it was here before."""
    with transaction.atomic(durable=True):
        inbound, is_new = store(
            Inbound(
                sender=numbers.canonical(received.sender),
                recipient=numbers.canonical(received.recipient),
                text=encoding.decode(received.payload, received.data_coding),
                raw=received.payload,
                data_coding=received.data_coding,
                pdu=received.pdu or None,
                carrier_id=received.carrier_id[:80],
            ),
            at=at,
        )
    return inbound if is_new else None


def store(inbound: Inbound, *, at: datetime, id_is_sure: bool = False) -> tuple[Inbound, bool]:
    """Save a filled, unsaved row inside the caller's transaction; (the row, whether it is new).

    id_is_sure: a new carrier id means a new message (the phone on the screen). Real gateways give
    a second delivery a new id now and then, so there it is only one sign among others.
    """
    inbound.fingerprint = fingerprint_of(inbound)
    equal = Inbound.objects.filter(fingerprint=inbound.fingerprint)
    # A running number, counted before anything is looked at; not the time, nor an id that may be
    # new: two links, or two calls of a gateway, that store the same bytes at the same moment reach
    # the same key, and the database lets only one of them in.
    number = equal.count()
    if inbound.carrier_id:
        same = equal.filter(carrier_id=inbound.carrier_id).first()
        if same is not None:
            return _count_copy(same)
    earlier = equal.order_by("-received_at", "-id").first()
    if earlier is not None:
        verdict = _judge(inbound, earlier, at)
        if verdict == repeats.Repeat.COPY and not id_is_sure:
            return _count_copy(earlier)
        inbound.repeats = earlier if verdict != repeats.Repeat.NEW else None
    tail = f"id:{digest(inbound.carrier_id)}" if id_is_sure else f"n:{number}"
    values = {
        field.attname: getattr(inbound, field.attname)
        for field in Inbound._meta.concrete_fields
        if field.attname != "dedup_key"
    }
    values |= {"received_at": at, "next_try_at": at}
    row, is_new = Inbound.objects.get_or_create(
        dedup_key=f"{inbound.fingerprint}:{tail}", defaults=values
    )
    return (row, True) if is_new else _count_copy(row)


def fingerprint_of(inbound: Inbound) -> str:
    """Equal for equal bytes from one phone to one number."""
    if inbound.raw is None:
        return digest(inbound.sender, inbound.recipient, "text", inbound.text)
    coding = "" if inbound.data_coding is None else str(inbound.data_coding)
    return digest(inbound.sender, inbound.recipient, coding, bytes(inbound.raw))


def clear_words(*, inbound_id: UUID) -> None:
    """Take a text's words out of this room, inside the caller's transaction.

    For what must be kept under seal elsewhere. The row stays, and a second delivery is still known
    by its keyed fingerprint; nobody can read or guess the text from it without our key.
    """
    Inbound.objects.filter(pk=inbound_id).update(text="", raw=None, pdu=None)
    Part.objects.filter(inbound_id=inbound_id).update(payload=b"", pdu=None)


def digest(*fields: str | bytes) -> str:
    """Equal for equal fields, under our key: "1" from a known number must not be guessable."""
    joined = b""
    for field in fields:
        value = field.encode("utf-8", "surrogatepass") if isinstance(field, str) else field
        joined += len(value).to_bytes(4, "big") + value
    return salted_hmac("mohalla.sms", joined, algorithm="sha256").hexdigest()


def _judge(inbound: Inbound, earlier: Inbound, at: datetime) -> repeats.Repeat:
    sent_since = Delivery.objects.filter(
        to=inbound.sender, made_at__gte=earlier.received_at
    ).exclude(state__in=[DeliveryState.REFUSED, DeliveryState.CANCELLED])
    return repeats.judge(
        since=at - earlier.received_at,
        length=len(inbound.text),
        sent_since=sent_since.exists(),
    )


def _count_copy(first: Inbound) -> tuple[Inbound, bool]:
    Inbound.objects.filter(pk=first.pk).update(copies=F("copies") + 1)
    return first, False
