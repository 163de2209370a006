"""Keep the pieces of long texts, in any order, and make one text of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from django.db import transaction

from mohalla.channels.sms.actions.keep_inbound import digest, store
from mohalla.channels.sms.models import Inbound, Part
from mohalla.channels.sms.port import PartOf, Received
from mohalla.channels.sms.rules import encoding, numbers, repeats, retries

GAP = " … "
"""Stands for parts that never came."""


def keep_part(*, received: Received, at: datetime) -> Inbound | None:
    """Store one piece in its own transaction; the whole text, if this piece completed it."""
    place = received.part
    if place is None:
        raise ValueError("not a piece of a long text")
    with transaction.atomic(durable=True):
        part = _store_part(received, place, at)
        if part is None:
            return None
        waiting = _open(part.series)
        rival = [p for p in waiting if p.number == part.number and p.pk != part.pk]
        if rival:  # the reference was used again: what was open will never be whole
            _join([p for p in waiting if p.pk != part.pk], at=at)
            waiting = [part]
        return _join(waiting, at=at) if len(waiting) == place.total else None


def close_waiting_parts(*, at: datetime) -> int:
    """Make texts of what is whole, and of what has waited five minutes, as far as it came."""
    closed = 0
    named = Part.objects.filter(inbound=None).order_by().values_list("series", flat=True).distinct()
    for series in list(named[:200]):
        with transaction.atomic(durable=True):
            waiting = _open(series)
            if not waiting:
                continue
            age = abs(at - max(part.received_at for part in waiting))
            if len(waiting) >= waiting[0].total or age >= retries.PARTS_WAIT:
                closed += _join(waiting, at=at) is not None
    return closed


def _open(series: str) -> list[Part]:
    rows = Part.objects.select_for_update().filter(series=series, inbound=None)
    return list(rows.order_by("number", "received_at"))


def _store_part(received: Received, place: PartOf, at: datetime) -> Part | None:
    """The new row, or None if this piece is here already."""
    sender, recipient = numbers.canonical(received.sender), numbers.canonical(received.recipient)
    series = f"{sender}>{recipient}#{place.reference}/{place.total}"
    mark = digest(series, f"{place.number}:{received.data_coding}", received.payload)
    equal = Part.objects.filter(fingerprint=mark)
    running = equal.count()  # before anything is looked at: see `keep_inbound.store`
    last = equal.order_by("-received_at").first()
    # An open equal piece is a copy however old; a joined one only for a while: phones count
    # references from 0 to 255 and begin again.
    if last is not None and (last.inbound_id is None or abs(at - last.received_at) <= repeats.SOON):
        return None
    part, is_new = Part.objects.get_or_create(
        dedup_key=f"{mark}:{running}",
        defaults={
            "series": series,
            "sender": sender,
            "recipient": recipient,
            "reference": place.reference,
            "total": place.total,
            "number": place.number,
            "data_coding": received.data_coding,
            "payload": received.payload,
            "pdu": received.pdu or None,
            "fingerprint": mark,
            "received_at": at,
        },
    )
    return part if is_new else None


def _join(parts: Sequence[Part], *, at: datetime) -> Inbound | None:
    first = parts[0]
    codings = {part.data_coding for part in parts}
    inbound, is_new = store(
        Inbound(
            sender=first.sender,
            recipient=first.recipient,
            text=_read(parts),
            raw=b"".join(bytes(part.payload) for part in parts),
            data_coding=first.data_coding if len(codings) == 1 else None,
            parts_total=first.total,
            parts_arrived=len(parts),
        ),
        at=at,
    )
    Part.objects.filter(pk__in=[part.pk for part in parts]).update(inbound=inbound)
    return inbound if is_new else None


def _read(parts: Sequence[Part]) -> str:
    """Neighbours of one coding are joined before they are read: a character may be cut in two."""
    runs: list[str] = []
    before: Part | None = None
    # Neighbours share (coding, number - position): a missing number begins a new run.
    places = enumerate(parts)
    for _key, run in groupby(places, key=lambda it: (it[1].data_coding, it[1].number - it[0])):
        pieces = [part for _place, part in run]
        expected = 1 if before is None else before.number + 1
        if pieces[0].number != expected:
            runs.append(GAP)
        payload = b"".join(bytes(part.payload) for part in pieces)
        runs.append(encoding.decode(payload, pieces[0].data_coding))
        before = pieces[-1]
    if before is not None and before.number < before.total:
        runs.append(GAP)
    return "".join(runs).strip() if len(parts) < parts[0].total else "".join(runs)
