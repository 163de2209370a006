"""Send what is due: claim, call the service with no transaction open, correct."""

from __future__ import annotations

import json
import logging
from datetime import datetime

import uuid_utils.compat as uuid
from django.db import transaction
from django.db.models import Q

from mohalla.channels.push.actions.subscribe import end_rows
from mohalla.channels.push.models import Notice, NoticeState, Subscription
from mohalla.channels.push.port import Address, Gone, Outgoing, PushTransport, Refused, Unavailable
from mohalla.channels.push.rules import LEASE, pause
from mohalla.foundation import seal
from mohalla.foundation.promises.rules import clocks

_log = logging.getLogger(__name__)


def deliver_due(*, transport: PushTransport, at: datetime, limit: int = 50) -> int:
    """Claim at most `limit` notices and try each once; how many were tried."""
    claimed = claim_due(at=at, limit=limit)
    for notice in claimed:
        settle(notice, outcome=_try(transport, notice, at), at=at)
    return len(claimed)


def claim_due(*, at: datetime, limit: int) -> list[Notice]:
    """Mark due notices as being sent, by us; expired ones end as failed."""
    waiting = Notice.objects.filter(state=NoticeState.WAITING, next_try_at__lte=at)
    left = Q(claimed_at__lte=at - LEASE) | Q(claimed_at__gt=at + LEASE)
    abandoned = Notice.objects.filter(left, state=NoticeState.SENDING)
    if not waiting.exists() and not abandoned.exists():
        return []
    abandoned.update(state=NoticeState.WAITING, claim=None, next_try_at=at)
    with transaction.atomic(durable=True):
        waiting.filter(expires_at__lte=at).update(
            state=NoticeState.FAILED, ended_at=at, last_error="expired before it could be sent"
        )
        due = waiting.order_by("next_try_at", "id").select_for_update(skip_locked=True)
        rows = list(due[:limit])
        whom = Subscription.objects.in_bulk({row.subscription_id for row in rows})
        claim = uuid.uuid7()
        for row in rows:
            row.subscription = whom[row.subscription_id]
            hours = row.subscription.safe_from, row.subscription.safe_to
            if clocks.is_safe(at, *hours):
                row.claim, row.claimed_at, row.attempts = claim, at, row.attempts + 1
                row.state = NoticeState.SENDING
            else:  # the hours in which it was due are over
                row.next_try_at = clocks.first_safe(at, *hours)
        Notice.objects.bulk_update(
            rows, ["claim", "claimed_at", "attempts", "state", "next_try_at"]
        )
    return [row for row in rows if row.state == NoticeState.SENDING]


def _try(transport: PushTransport, notice: Notice, at: datetime) -> Refused | Unavailable | None:
    whom = notice.subscription
    if whom.ended_at is not None:
        return Refused("it has ended meanwhile")
    try:
        to = Address(**json.loads(seal.unseal(whom.address)))
        seconds = max(0, int((notice.expires_at - at).total_seconds()))
        transport.send(Outgoing(to=to, text=notice.text, seconds=seconds))
    except (Refused, Unavailable) as outcome:
        return outcome
    except Exception as error:
        _log.exception("notice %s: the transport broke its promise", notice.pk)
        return Unavailable(f"unexpected {type(error).__name__}")
    return None


def settle(notice: Notice, *, outcome: Refused | Unavailable | None, at: datetime) -> None:
    """Write down what became of a claimed notice; an address that is gone ends its subscription."""
    mine = Notice.objects.filter(pk=notice.pk, claim=notice.claim, state=NoticeState.SENDING)
    with transaction.atomic():
        if outcome is None:
            mine.update(state=NoticeState.SENT, ended_at=at, claim=None, last_error="")
        elif isinstance(outcome, Refused):
            mine.update(
                state=NoticeState.REFUSED, ended_at=at, claim=None, last_error=str(outcome)[:200]
            )
            if isinstance(outcome, Gone):
                end_rows(Subscription.objects.filter(pk=notice.subscription_id), "gone", at)
        else:
            mine.update(
                state=NoticeState.WAITING,
                claim=None,
                next_try_at=at + pause(notice.attempts, asked=outcome.wait),
                last_error=str(outcome)[:200],
            )
