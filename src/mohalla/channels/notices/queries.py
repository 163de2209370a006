"""Figures: who asked, what went out, what is held back. Counts only; nobody is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Sum

from mohalla.channels.notices.models import Broadcast, Leg, Subscriber, Wish
from mohalla.channels.notices.rules import counts
from mohalla.channels.sms import queries as sms
from mohalla.channels.sms.models import Delivery, DeliveryState
from mohalla.foundation import identifiers
from mohalla.foundation.clock import PKT

DAYS = 7
_GONE = (DeliveryState.SENT, DeliveryState.DELIVERED)


def subscribed(*, door: str, address: str) -> int:
    """To how many areas."""
    lookup = identifiers.contact_lookup(address)
    return Subscriber.objects.filter(lookup=lookup, door=door).count()


def invited_today(*, at: datetime) -> int:
    """Texts that went out because somebody typed a number on a page."""
    rows = Wish.objects.filter(at__gt=at - timedelta(days=1))
    return int(rows.aggregate(n=Sum("asked"))["n"] or 0)


def listeners(areas: Collection[int]) -> int:
    """Subscriptions of these areas, exactly: for the rule that asks for a second person."""
    return Subscriber.objects.filter(area__in=areas).count()


def by_area() -> dict[int, int]:
    """Subscriptions in tens, areas with fewer than ten left out."""
    rows = Subscriber.objects.order_by().values_list("area").annotate(n=Count("pk"))
    return {area: counts.shown(n) for area, n in rows if counts.shown(n)}


@dataclass(frozen=True, kw_only=True)
class Reached:
    """What became of a broadcast. delivered and failed: of those whose carrier told us (`asked`)."""

    total: int
    accepted: int
    refused: int
    unsent: int
    waiting: int
    asked: int
    delivered: int
    failed: int
    parts: int
    stopped: bool
    ended: bool


def reached(subject: str) -> Reached | None:
    """Counts of recipients; None where it has not begun."""
    row = Broadcast.objects.filter(subject=subject).first()
    if row is None:
        return None
    sums = Leg.objects.filter(broadcast=row).aggregate(
        accepted=Sum("accepted"), refused=Sum("refused"), unsent=Sum("unsent"), parts=Sum("parts"),
        twice=Sum("twice"),
    )  # fmt: skip
    leg = {name: int(value or 0) for name, value in sums.items()}
    laid = Delivery.objects.filter(subject=subject, purpose__in=("alert", "danger"))
    by_state = Counter(dict(laid.order_by().values_list("state").annotate(n=Count("pk"))))
    expired = laid.filter(state=DeliveryState.FAILED, sent_at=None).count()  # never handed over
    gone = sum(by_state[state] for state in _GONE)
    failed = by_state[DeliveryState.FAILED] - expired
    refused = by_state[DeliveryState.REFUSED]
    accepted = leg["accepted"] + gone
    never = leg["refused"] + refused
    unsent = leg["unsent"] + by_state[DeliveryState.CANCELLED] + expired
    rest = row.total - leg["twice"] - accepted - never - unsent - failed
    return Reached(
        total=row.total - leg["twice"], accepted=accepted, refused=never,
        unsent=unsent + (rest if row.ended_at and rest > 0 and not _owed(by_state) else 0),
        waiting=0 if row.ended_at and not _owed(by_state) else max(0, rest),
        asked=gone + failed, delivered=by_state[DeliveryState.DELIVERED], failed=failed,
        parts=leg["parts"] + int(laid.aggregate(n=Sum("price_units"))["n"] or 0),
        stopped=row.stopped_at is not None, ended=row.ended_at is not None,
    )  # fmt: skip


def _owed(by_state: Counter[str]) -> int:
    return by_state[DeliveryState.WAITING] + by_state[DeliveryState.SENDING]


@dataclass(frozen=True, kw_only=True)
class Day:
    """One kind on one day, for staff."""

    on: str
    kind: str
    accepted: int
    delivered: int
    failed: int
    waiting: int


def days(*, at: datetime) -> list[Day]:
    """The last seven days, the latest first. Texts past the outbox count as accepted."""
    found: dict[tuple[str, str], Counter[str]] = {}
    since = (at.astimezone(PKT) - timedelta(days=DAYS - 1)).replace(hour=0, minute=0, second=0)
    rows = (
        Delivery.objects.filter(made_at__gte=since).order_by()
        .values_list("made_at__date", "purpose", "state").annotate(n=Count("pk"))
    )  # fmt: skip
    for on, kind, state, n in rows:
        found.setdefault((str(on), kind), Counter())[state] += n
    legs = Leg.objects.filter(broadcast__made_at__gte=since).order_by()
    for on, kind, accepted, refused, unsent in legs.values_list(
        "broadcast__made_at__date", "broadcast__kind"
    ).annotate(a=Sum("accepted"), r=Sum("refused"), u=Sum("unsent")):
        row = found.setdefault((str(on), kind), Counter())
        row[DeliveryState.SENT] += accepted
        row[DeliveryState.FAILED] += refused + unsent
    return [
        Day(on=on, kind=kind, accepted=n["sent"] + n["delivered"], delivered=n["delivered"],
            failed=n["failed"] + n["refused"], waiting=n["waiting"] + n["sending"])
        for (on, kind), n in sorted(found.items(), key=lambda row: (row[0][0], row[0][1]), reverse=True)
    ]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the daily spend stop holds back: texts of the outbox, and whole broadcasts."""

    stopped: bool
    parts: int
    texts: int
    broadcasts: int


def held(*, at: datetime) -> Held:
    """For whoever is on duty, for the metrics and for `mohalla doctor`."""
    paid = sms.still_paid(at=at)
    running = Broadcast.objects.filter(ended_at=None, stopped_at=None)
    return Held(
        stopped=paid is not None, parts=sms.parts_today(at=at),
        texts=sms.held_by_money(at=at).count() if paid is not None else 0,
        broadcasts=running.exclude(kind__in=paid).count() if paid is not None else 0,
    )  # fmt: skip
