"""The phone on the screen: a transport on our own database, and what somebody types on it."""

from __future__ import annotations

from datetime import datetime

import uuid_utils.compat as uuid

from mohalla.channels.sms import actions, queries
from mohalla.channels.sms.models import Inbound
from mohalla.channels.sms.port import Accepted, Inlet, Limits, Outgoing, Refused
from mohalla.channels.sms.queries import ThreadMessage
from mohalla.channels.sms.rules import encoding
from mohalla.channels.sms.setting import own_number
from mohalla.foundation import clock

_LIMITS = Limits(parts=10, media=False, at_once=1, rate=0, reports_delivery=False)


class EmbeddedTransport:
    """Takes every text at once: the row itself is the message, `thread` shows it."""

    limits = _LIMITS
    is_up = True

    def __init__(self, at: datetime | None = None) -> None:
        self._at = at

    def start(self, inlet: Inlet, /) -> None:
        """Nothing arrives by itself: `type_text` is the way in."""

    def send(self, outgoing: Outgoing, /) -> Accepted:
        """Accepted, unless longer than the limit."""
        parts = encoding.encode(outgoing.text).parts
        if len(parts) > self.limits.parts:
            raise Refused(f"{len(parts)} parts; at most {self.limits.parts} can be sent")
        stem = uuid.uuid7().hex
        if outgoing.to == own_number():  # as a carrier does with a text to the number it came from
            type_text(number=outgoing.to, text=outgoing.text, at=self._at or clock.now())
        return Accepted(tuple(f"screen-{stem}-{n}" for n in range(1, len(parts) + 1)))

    def stop(self) -> None:
        """Nothing to let go of."""


def type_text(*, number: str, text: str, at: datetime) -> Inbound | None:
    """Somebody presses "send" on the phone: each press is a message of its own."""
    return actions.receive(
        sender=number,
        recipient=own_number(),
        text=text,
        carrier_id=f"screen-{uuid.uuid7().hex}",
        at=at,
    )


def deliver_due(*, at: datetime, limit: int = 500) -> int:
    """Deliver what is due to the phones on the screen, now; how many."""
    return actions.deliver_due(transport=EmbeddedTransport(at), at=at, limit=limit)


def thread(*, number: str, latest: int = 100) -> list[ThreadMessage]:
    """What the phone shows, oldest first."""
    return queries.thread(number=number, latest=latest)
