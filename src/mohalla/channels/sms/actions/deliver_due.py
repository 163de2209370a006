"""Send what is due: claim, call the carrier with no transaction open, correct."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from functools import lru_cache

import uuid_utils.compat as uuid
from django.db import transaction
from django.db.models import F, Q, QuerySet

from mohalla.channels.sms import queries
from mohalla.channels.sms.actions.gather import gather
from mohalla.channels.sms.actions.note_receipt import match_parts
from mohalla.channels.sms.models import Delivery, DeliveryState, SentPart
from mohalla.channels.sms.port import Accepted, Outgoing, Refused, SmsTransport, Unavailable
from mohalla.channels.sms.rules import retries
from mohalla.foundation.promises.rules import clocks

_log = logging.getLogger(__name__)
_Outcome = Accepted | Refused | Unavailable


def deliver_due(*, transport: SmsTransport, at: datetime, limit: int = 50) -> int:
    """Claim at most `limit` deliveries and try each once; how many were tried.

    While the transport has no link nothing is claimed, so that no try is wasted.
    """
    if not transport.is_up:
        return 0
    claimed = claim_due(at=at, limit=limit)
    if not claimed:
        return 0
    begun = time.monotonic()

    def later() -> datetime:  # a carrier may have kept us waiting
        waited = time.monotonic() - begun
        return at + timedelta(seconds=waited if waited > 1 else 0)

    if len(claimed) == 1 or transport.limits.at_once == 1:
        for delivery in claimed:
            outcome = _try(transport, delivery, later)
            settle(delivery, outcome=outcome, transport=transport, at=later())
        return len(claimed)
    with ThreadPoolExecutor(max_workers=transport.limits.at_once) as pool:
        tries: dict[Future[_Outcome], Delivery] = {
            pool.submit(_try, transport, delivery, later): delivery for delivery in claimed
        }
        for done in as_completed(tries):
            settle(tries[done], outcome=done.result(), transport=transport, at=later())
    return len(claimed)


def claim_due(*, at: datetime, limit: int) -> list[Delivery]:
    """Mark at most `limit` due deliveries as being sent, by us; expired ones end as failed."""
    if not _anything_to_do(at):
        return []
    _give_back_abandoned(at)
    with transaction.atomic(durable=True):
        Delivery.objects.filter(state=DeliveryState.WAITING, expires_at__lte=at).update(
            state=DeliveryState.FAILED, ended_at=at, last_error="expired before it could be sent"
        )
        due = Delivery.objects.due(at)
        paid = queries.still_paid(at=at)
        if paid is not None:
            _announce_stop(at.replace(minute=0, second=0, microsecond=0))
            due = due.filter(purpose__in=paid)
        gather(due, at=at)
        found = list(due.select_for_update(skip_locked=True)[:limit])
        rows = [row for row in found if _is_safe(row, at)]
        _postpone([row for row in found if not _is_safe(row, at)], at)
        claim = uuid.uuid7()
        for row in rows:
            row.claim, row.claimed_at, row.attempts = claim, at, row.attempts + 1
            row.state = DeliveryState.SENDING
        Delivery.objects.bulk_update(rows, ["claim", "claimed_at", "attempts", "state"])
    return rows


@lru_cache(maxsize=4)
def _announce_stop(hour: datetime) -> None:
    """Once an hour is enough for a log."""
    _log.error("daily spend stop (%s): danger and answers go out, the rest waits", hour)


def _anything_to_do(at: datetime) -> bool:
    return (
        Delivery.objects.due(at).exists()
        or Delivery.objects.filter(_abandoned(at), state=DeliveryState.SENDING).exists()
    )


def _abandoned(at: datetime) -> Q:
    # The second half: the clock was set back after the claim.
    return Q(claimed_at__lte=at - retries.LEASE) | Q(claimed_at__gt=at + retries.LEASE)


def _is_safe(delivery: Delivery, at: datetime) -> bool:
    return clocks.is_safe(at, delivery.safe_from, delivery.safe_to)


def _postpone(rows: list[Delivery], at: datetime) -> None:
    """What was due in safe hours that are over by now waits for the next ones."""
    for row in rows:
        row.next_try_at = clocks.first_safe(at, row.safe_from, row.safe_to)
    Delivery.objects.bulk_update(rows, ["next_try_at"])


def _give_back_abandoned(at: datetime) -> None:
    given = Delivery.objects.filter(_abandoned(at), state=DeliveryState.SENDING).update(
        state=DeliveryState.WAITING, claim=None, next_try_at=at
    )
    if given:
        _log.warning("%d deliveries were left half-way by a stopped worker; trying again", given)


def _try(transport: SmsTransport, delivery: Delivery, now: Callable[[], datetime]) -> _Outcome:
    if not _is_safe(delivery, now()):  # those before it took long
        return Unavailable("the safe hours are over")
    try:
        return transport.send(
            Outgoing(to=delivery.to, text=delivery.words, reference=delivery.reference)
        )
    except (Refused, Unavailable) as outcome:
        return outcome
    except Exception as error:
        _log.exception("delivery %s: the transport broke its promise", delivery.pk)
        return Unavailable(f"unexpected {type(error).__name__}")


def settle(delivery: Delivery, *, outcome: _Outcome, transport: SmsTransport, at: datetime) -> None:
    """Write down what became of a claimed delivery.

    If another worker has taken it over meanwhile, its state is left to that one; what the carrier
    accepted is kept all the same, for the receipts and the bill.
    """
    mine = Delivery.objects.filter(
        pk=delivery.pk, claim=delivery.claim, state=DeliveryState.SENDING
    )
    with transaction.atomic():
        if isinstance(outcome, Accepted):
            _accepted(mine, delivery, outcome, transport, at)
        elif isinstance(outcome, Refused):
            mine.update(
                state=DeliveryState.REFUSED, ended_at=at, claim=None, last_error=str(outcome)[:300]
            )
        else:
            mine.update(
                state=DeliveryState.WAITING,
                claim=None,
                next_try_at=at + retries.pause(delivery.attempts),
                last_error=str(outcome)[:300],
            )


def _accepted(
    mine: QuerySet[Delivery],
    delivery: Delivery,
    outcome: Accepted,
    transport: SmsTransport,
    at: datetime,
) -> None:
    is_end = not transport.limits.reports_delivery
    mine.update(
        state=DeliveryState.DELIVERED if is_end else DeliveryState.SENT,
        sent_at=at,
        ended_at=at if is_end else None,
        claim=None,
        last_error="",
    )
    Delivery.objects.filter(pk=delivery.pk).update(
        price_units=F("price_units") + (outcome.parts or len(outcome.carrier_ids)), sent_at=at
    )
    parts = SentPart.objects.bulk_create(
        SentPart(
            delivery=delivery,
            attempt=delivery.attempts,
            number=number,
            carrier_id=carrier_id[:80],
            fate="delivered" if is_end else "pending",
        )
        for number, carrier_id in enumerate(outcome.carrier_ids, start=1)
    )
    if not is_end:
        match_parts(parts, at=at)
