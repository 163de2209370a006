"""Take in a whole text: keep it, then have it handled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.channels.sms.actions.handle_inbound import handle
from mohalla.channels.sms.actions.keep_inbound import store
from mohalla.channels.sms.models import Inbound
from mohalla.channels.sms.rules import encoding, numbers


def receive(
    *,
    sender: str,
    recipient: str,
    text: str,
    raw: bytes = b"",
    carrier_id: str = "",
    at: datetime,
) -> Inbound | None:
    """The row, or None if this very message was here before (then nothing is done).

    Two transactions of its own, so never inside another: first the text, then the handler. What
    the handler could not do, or what a crash cut off, the worker does later. With a `carrier_id`
    equal ids mean the same message and other ids another one; without, `rules.repeats` decides.
    """
    clean = text.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "replace")
    with transaction.atomic(durable=True):
        inbound, is_new = store(
            Inbound(
                sender=numbers.canonical(sender),
                recipient=numbers.canonical(recipient),
                text=clean.replace("\x00", encoding.REPLACEMENT),
                raw=raw or None,
                carrier_id=carrier_id[:80],
            ),
            at=at,
            id_is_sure=bool(carrier_id),
        )
    if not is_new:
        return None
    handle(inbound, at=at)
    inbound.refresh_from_db()
    return inbound
