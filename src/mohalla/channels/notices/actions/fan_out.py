"""Walk along the subscribers of an area: a batch is handed over, then the cursor is committed.

No row for each recipient. A kill between the two repeats that one batch; a kill anywhere else
repeats nothing, and none is ever passed over. Whoever could not be reached is kept by its id alone,
and tried again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import uuid_utils.compat as uuid
from django.db import transaction
from django.db.models import F, Q

from mohalla.channels.notices import setting
from mohalla.channels.notices.doors.sms import SmsSender
from mohalla.channels.notices.models import Broadcast, Leftover, Leg, Subscriber
from mohalla.channels.notices.port import Batch, Handed, Recipient, Sender
from mohalla.channels.notices.rules import batches, kinds
from mohalla.channels.sms import queries as sms
from mohalla.channels.sms.embedded import EmbeddedTransport
from mohalla.channels.sms.models import Spent
from mohalla.channels.sms.port import SmsTransport


def turn(*, transport: SmsTransport, at: datetime) -> int:
    """A round of the worker that owns the link to the carrier."""
    if not Broadcast.objects.filter(ended_at=None).exists():
        return 0
    on_screen = isinstance(transport, EmbeddedTransport)  # there the row itself is the phone
    return hand_over(sender=SmsSender(transport, all_by_outbox=on_screen), at=at)


def hand_over(*, sender: Sender, at: datetime) -> int:
    """One batch of whatever may go now, or of what is tried again; how many recipients."""
    if not sender.is_up:
        return 0
    _end_what_is_over(at)
    leg = _claim(sender.door, at)
    if leg is None:
        return _retry(sender, at)
    return _walk(sender, leg, at)


def _may_go(broadcast: Broadcast, at: datetime) -> bool:
    """Neither in quiet hours, nor past the daily spend stop."""
    kind, paid = kinds.KINDS[broadcast.kind], sms.still_paid(at=at)
    return kinds.may_go(kind, quiet=setting.quiet(), at=at) and (
        paid is None or kind.purpose in paid
    )


def _claim(door: str, at: datetime) -> Leg | None:
    """The oldest leg that may go on, ours for three minutes."""
    free = Q(claim=None) | Q(claimed_at__lte=at - batches.LEASE)
    rows = Leg.objects.filter(
        free, door=door, done_at=None, broadcast__ended_at=None, broadcast__stopped_at=None,
        broadcast__expires_at__gt=at,
    ).select_related("broadcast")  # fmt: skip
    for leg in rows.order_by("broadcast__made_at", "id"):
        if not _may_go(leg.broadcast, at):
            continue
        claim = uuid.uuid7()
        mine = Leg.objects.filter(free, pk=leg.pk, done_at=None, after=leg.after)
        if mine.update(claim=claim, claimed_at=at):
            leg.claim = claim
            return leg
    return None


def _walk(sender: Sender, leg: Leg, at: datetime) -> int:
    size = sender.size(leg.broadcast.texts)
    found = Subscriber.objects.filter(
        area=leg.area_id, door=leg.door, id__gt=leg.after, id__lte=leg.until
    ).order_by("id")
    rows = list(found.values_list("id", "address", "language", "lookup")[:size])
    told = _told_elsewhere(leg, [row[3] for row in rows])
    wanted = [Recipient(row[0], row[1], row[2]) for row in rows if row[3] not in told]
    handed = _hand(sender, leg.broadcast, wanted, at) if wanted else Handed()
    last = len(rows) < size
    with transaction.atomic():
        mine = Leg.objects.filter(pk=leg.pk, claim=leg.claim, after=leg.after)
        moved = mine.update(
            after=rows[-1][0] if rows else leg.until, claim=None, claimed_at=None,
            twice=F("twice") + len(rows) - len(wanted), done_at=at if last else None,
            **_counted(handed),
        )  # fmt: skip
        if moved:  # else somebody took it over: the batch is theirs, and their leftovers
            Leftover.objects.bulk_create(
                [Leftover(leg=leg, subscriber=key, next_try_at=at + batches.pause(1))
                 for key in handed.again],
                ignore_conflicts=True,
            )  # fmt: skip
        _spend(handed, at)
    return len(rows)


def _hand(
    sender: Sender, broadcast: Broadcast, recipients: Sequence[Recipient], at: datetime
) -> Handed:
    return sender.hand(
        Batch(broadcast.id, broadcast.subject, broadcast.kind, broadcast.texts, broadcast.total,
              broadcast.expires_at, recipients),
        at=at,
    )  # fmt: skip


def _told_elsewhere(leg: Leg, lookups: list[str]) -> set[str]:
    """Who asked for an earlier area of the same broadcast too, and is told there."""
    before = list(
        Leg.objects.filter(
            broadcast=leg.broadcast_id, door=leg.door, area_id__lt=leg.area_id
        ).values_list("area_id", "until")
    )
    if not before or not lookups:
        return set()
    among = Q()
    for area, until in before:
        among |= Q(area=area, id__lte=until)
    found = Subscriber.objects.filter(among, door=leg.door, lookup__in=lookups)
    return set(found.values_list("lookup", flat=True))


def _counted(handed: Handed) -> dict[str, object]:
    return {
        "laid": F("laid") + handed.laid, "accepted": F("accepted") + handed.accepted,
        "refused": F("refused") + handed.refused, "parts": F("parts") + handed.parts,
    }  # fmt: skip


def _spend(handed: Handed, at: datetime) -> None:
    if handed.parts:
        Spent.add(handed.parts, at=at)


def _retry(sender: Sender, at: datetime) -> int:
    """Single recipients of earlier batches. They are put off before they are tried, so that a kill
    makes them wait, not go twice at once."""
    due = Leftover.objects.filter(
        next_try_at__lte=at, leg__door=sender.door, leg__broadcast__ended_at=None,
        leg__broadcast__stopped_at=None, leg__broadcast__expires_at__gt=at,
    ).select_related("leg__broadcast")  # fmt: skip
    first = next((row for row in due.order_by("next_try_at")[:50]
                  if _may_go(row.leg.broadcast, at)), None)  # fmt: skip
    if first is None:
        return 0
    leg = first.leg
    rows = list(due.filter(leg=leg).order_by("next_try_at")[: sender.size(leg.broadcast.texts)])
    for row in rows:
        row.tries += 1
        row.next_try_at = at + batches.pause(row.tries)
    Leftover.objects.bulk_update(rows, ["tries", "next_try_at"])
    there = Subscriber.objects.filter(pk__in=[row.subscriber for row in rows])
    wanted = [Recipient(*row) for row in there.values_list("id", "address", "language")]
    handed = _hand(sender, leg.broadcast, wanted, at) if wanted else Handed()
    given_up = {row.subscriber for row in rows if row.tries >= batches.TRIES}
    keep = set(handed.again) - given_up
    with transaction.atomic():
        Leftover.objects.filter(
            pk__in=[row.pk for row in rows if row.subscriber not in keep]
        ).delete()
        unsent = len(set(handed.again) & given_up)
        Leg.objects.filter(pk=leg.pk).update(unsent=F("unsent") + unsent, **_counted(handed))
        _spend(handed, at)
    return len(rows)


def _end_what_is_over(at: datetime) -> None:
    """A broadcast is over when all its legs are and nobody is left, or when it was stopped or
    expired: whoever was not told by then is counted as not told."""
    running = Broadcast.objects.filter(ended_at=None)
    for row in running.prefetch_related("legs"):
        over = row.stopped_at is not None or row.expires_at <= at
        left = Leftover.objects.filter(leg__broadcast=row)
        if not over and (any(leg.done_at is None for leg in row.legs.all()) or left.exists()):
            continue
        if over and any(_is_held(leg, at) for leg in row.legs.all()):
            continue  # a batch is on its way: its count comes first
        with transaction.atomic():
            if not Broadcast.objects.filter(pk=row.pk, ended_at=None).update(ended_at=at):
                continue
            for leg in row.legs.all():
                _close(leg, at)
            left.delete()


def _is_held(leg: Leg, at: datetime) -> bool:
    return leg.claimed_at is not None and at - batches.LEASE < leg.claimed_at <= at


def _close(leg: Leg, at: datetime) -> None:
    rest = leg.leftovers.count()
    if leg.done_at is None:
        rest += Subscriber.objects.filter(
            area=leg.area_id, door=leg.door, id__gt=leg.after, id__lte=leg.until
        ).count()
    Leg.objects.filter(pk=leg.pk).update(
        unsent=F("unsent") + rest, done_at=leg.done_at or at, claim=None, claimed_at=None
    )
