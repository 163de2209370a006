"""Begin to tell an area, and stop."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from mohalla.channels.notices.models import Broadcast, Leg, Subscriber
from mohalla.channels.sms.models import Delivery, DeliveryState


def begin(
    *, subject: str, kind: str, texts: dict[str, str], areas: Collection[int],
    expires_at: datetime, at: datetime,
) -> Broadcast:  # fmt: skip
    """One row and one leg for each area and door; whoever subscribes later is not told of it.

    The same `subject` gives the broadcast that is there already, unchanged.
    """
    with transaction.atomic():
        row, made = Broadcast.objects.get_or_create(
            subject=subject,
            defaults={"kind": kind, "texts": texts, "made_at": at, "expires_at": expires_at},
        )
        if made:
            there = Subscriber.objects.filter(area__in=areas)
            ends = there.order_by().values("area", "door").annotate(last=Max("id"))
            Leg.objects.bulk_create(
                Leg(broadcast=row, area_id=end["area"], door=end["door"], until=end["last"])
                for end in ends
            )
            row.total = there.count()
            row.ended_at = None if ends else at
            row.save(update_fields=["total", "ended_at"])
    return row


def stop(*, subject: str, at: datetime) -> bool:
    """Nothing more of it goes out: not the rest, and not what still waits in the outbox."""
    with transaction.atomic():
        stopped = Broadcast.objects.filter(subject=subject, stopped_at=None).update(stopped_at=at)
        Delivery.objects.filter(
            subject=subject, state=DeliveryState.WAITING, purpose__in=("alert", "danger")
        ).update(state=DeliveryState.CANCELLED, ended_at=at)
    return stopped == 1
