"""Reads that the guards and the phone on the screen need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum

from mohalla.channels.sms.models import Delivery, DeliveryState, Inbound, Spent
from mohalla.channels.sms.rules import loops, numbers

_SILENT = (DeliveryState.REFUSED, DeliveryState.CANCELLED)


@dataclass(frozen=True, slots=True)
class ThreadMessage:
    """One bubble: `direction` as the phone sees it ("out" = typed there), `state` of ours."""

    id: UUID
    direction: Literal["in", "out"]
    text: str
    at: datetime
    state: str


def answered(*, number: str, at: datetime) -> loops.Answered:
    """What a canonical number has had from us, and sent, lately."""
    lately = Delivery.objects.filter(to=number, made_at__gt=at - timedelta(days=1))
    lately = lately.exclude(state__in=_SILENT)
    made = lately.filter(purpose__in=loops.AUTOMATIC)
    last = Inbound.objects.filter(sender=number).order_by("-received_at", "-id").first()
    same = 0
    if last is not None:
        since = at - timedelta(hours=1)
        same = Inbound.objects.filter(fingerprint=last.fingerprint, received_at__gt=since).count()
    return loops.Answered(
        hour=made.filter(made_at__gt=at - timedelta(hours=1)).count(),
        day=made.count(),
        same=same,
        news=lately.exclude(purpose__in=loops.AUTOMATIC | loops.ALWAYS).count(),
    )


def parts_today(*, at: datetime) -> int:
    """Parts that carriers took in the last 24 hours, past the outbox too."""
    since = at - timedelta(days=1)
    spent = Delivery.objects.filter(sent_at__gt=since).aggregate(total=Sum("price_units"))
    past = Spent.objects.filter(hour__gt=since).aggregate(total=Sum("parts"))
    return int(spent["total"] or 0) + int(past["total"] or 0)


def still_paid(*, at: datetime) -> frozenset[str] | None:
    """The purposes that still go out today; None: all."""
    return loops.still_paid(parts_today=parts_today(at=at), most=settings.SMS_PARTS_A_DAY)


def held_by_money(*, at: datetime) -> QuerySet[Delivery]:
    """What could go now, and waits because of the daily spend stop."""
    paid = still_paid(at=at)
    return (
        Delivery.objects.none()
        if paid is None
        else Delivery.objects.due(at).exclude(purpose__in=paid)
    )


def thread(*, number: str, latest: int = 100) -> list[ThreadMessage]:
    """What a phone with this number shows, oldest first: at most `latest` of each direction."""
    phone = numbers.canonical(number)
    typed = Inbound.objects.filter(sender=phone).order_by("-received_at", "-id")[:latest]
    arrived = Delivery.objects.filter(to=phone, state=DeliveryState.DELIVERED).order_by(
        "-sent_at", "-id"
    )[:latest]
    bubbles = [
        ThreadMessage(one.id, "out", one.text, one.received_at, one.state) for one in typed
    ] + [
        ThreadMessage(one.id, "in", one.words, one.sent_at or one.made_at, one.state)
        for one in arrived
    ]
    return sorted(bubbles, key=lambda bubble: (bubble.at, bubble.direction == "in", bubble.id))
