"""Hand a stored text to whoever understands it."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F

from mohalla.channels.sms import handler, queries
from mohalla.channels.sms.models import Inbound, InboundState
from mohalla.channels.sms.rules import loops, numbers, retries
from mohalla.channels.sms.setting import own_number

_log = logging.getLogger(__name__)


def handle(inbound: Inbound, *, at: datetime) -> bool:
    """Call the handler and mark the row, both or neither; True if it is handled now.

    A row that somebody else holds or has handled is left alone. The handler's exception is noted,
    and the text is tried again later; after twelve tries it waits for a person.
    """
    understand = handler.registered()
    if understand is None:
        return False
    try:
        with transaction.atomic(durable=True):
            row = (
                Inbound.objects.select_for_update(skip_locked=True)
                .filter(pk=inbound.pk, state=InboundState.RECEIVED)
                .first()
            )
            if row is None:
                return False
            understand(inbound=_seen(row, at), at=at)
            row.state = InboundState.HANDLED
            row.handled_at = at
            row.attempts += 1
            row.save(update_fields=["state", "handled_at", "attempts"])
    except Exception as error:
        _note_failure(inbound, error=error, at=at)
        return False
    return True


def handle_due(*, at: datetime, limit: int = 50) -> int:
    """Handle what waits, oldest first; how many were."""
    if handler.registered() is None:
        return 0
    return sum(handle(row, at=at) for row in Inbound.objects.due(at)[:limit])


def _seen(row: Inbound, at: datetime) -> handler.InboundSms:
    return handler.InboundSms(
        id=row.id,
        sender=row.sender,
        recipient=row.recipient,
        text=row.text,
        received_at=row.received_at,
        repeats=row.repeats_id,
        is_whole=row.is_whole,
        why_silent=loops.why_silent(
            kind=numbers.kind_of(row.sender, ours=own_number()),
            purpose="reply",
            answered=queries.answered(number=row.sender, at=at),
        ),
    )


def _note_failure(inbound: Inbound, *, error: Exception, at: datetime) -> None:
    # The kind of error only: its words may quote what somebody told us in confidence.
    _log.warning("inbound %s was not handled: %s", inbound.pk, type(error))
    with transaction.atomic():
        Inbound.objects.filter(pk=inbound.pk, state=InboundState.RECEIVED).update(
            attempts=F("attempts") + 1, error=type(error).__name__[:300]
        )
        row = Inbound.objects.get(pk=inbound.pk)
        if row.state != InboundState.RECEIVED:
            return
        row.next_try_at = at + retries.pause(row.attempts)
        if row.attempts >= retries.HANDLE_ATTEMPTS:
            row.state = InboundState.FAILED
            _log.error("inbound %s waits for a person after %d tries", row.pk, row.attempts)
        row.save(update_fields=["next_try_at", "state"])
