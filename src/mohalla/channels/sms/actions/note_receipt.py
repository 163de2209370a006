"""Keep what the carrier says became of a part, and bring it together with the delivery."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from mohalla.channels.sms.models import Delivery, DeliveryReceipt, DeliveryState, SentPart
from mohalla.channels.sms.port import Fate, Receipt
from mohalla.channels.sms.rules import carrier_ids

_LATE = timedelta(days=4)


def note_receipt(*, receipt: Receipt, at: datetime) -> None:
    """Kept whatever it says; matched now, or as soon as the part is known."""
    seen = f"{receipt.carrier_id}\n{receipt.fate}\n{receipt.detail}".encode()
    with transaction.atomic(durable=True):
        row, is_new = DeliveryReceipt.objects.get_or_create(
            fingerprint=hashlib.sha256(seen).hexdigest(),
            defaults={
                "carrier_id": receipt.carrier_id[:80],
                "fate": receipt.fate,
                "detail": receipt.detail[:160],
                "pdu": receipt.pdu,
                "received_at": at,
            },
        )
        if is_new:
            _match(row, at=at)


def match_parts(parts: Iterable[SentPart], *, at: datetime) -> None:
    """Bring receipts that came before the carrier's answer to the parts just accepted."""
    names = {name for part in parts for name in carrier_ids.spellings(part.carrier_id)}
    for row in DeliveryReceipt.objects.filter(part=None, carrier_id__in=names):
        _match(row, at=at)


def match_late_receipts(*, at: datetime, limit: int = 200) -> int:
    """Match receipts whose part was being written in the same moment; how many were."""
    waiting = DeliveryReceipt.objects.filter(part=None, received_at__gt=at - _LATE)
    matched = 0
    for row in waiting.order_by("-received_at")[:limit]:
        with transaction.atomic():
            matched += _match(row, at=at)
    return matched


def _match(row: DeliveryReceipt, *, at: datetime) -> bool:
    found = SentPart.objects.filter(carrier_id__in=carrier_ids.spellings(row.carrier_id))
    parts = list(found.order_by("-id")[:2])
    exact = [part for part in parts if part.carrier_id == row.carrier_id]
    if not exact and len(parts) != 1:
        return False  # unknown, or two parts that it could mean: kept, not guessed
    part = exact[0] if exact else parts[0]
    row.part = part
    row.save(update_fields=["part"])
    if row.fate != Fate.PENDING and part.fate == Fate.PENDING:
        part.fate = row.fate
        part.save(update_fields=["fate"])
        _conclude(part, detail=row.detail, at=at)
    return True


def _conclude(part: SentPart, *, detail: str, at: datetime) -> None:
    delivery = Delivery.objects.select_for_update().get(pk=part.delivery_id)
    fates = set(delivery.sent_parts.filter(attempt=part.attempt).values_list("fate", flat=True))
    if delivery.state != DeliveryState.SENT:
        return
    if Fate.FAILED in fates:
        delivery.state, delivery.last_error = DeliveryState.FAILED, detail[:300]
    elif fates == {Fate.DELIVERED}:
        delivery.state = DeliveryState.DELIVERED
    else:
        return
    delivery.ended_at = at
    delivery.save(update_fields=["state", "ended_at", "last_error"])
