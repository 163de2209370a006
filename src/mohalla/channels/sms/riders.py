"""Whoever hands texts to the carrier past the outbox, because they go to thousands; named by wiring."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from mohalla.channels.seat import Seat
from mohalla.channels.sms.port import SmsTransport


class Rider(Protocol):
    """Called in each round of the worker, after the outbox: at most one batch; how many texts."""

    def __call__(self, *, transport: SmsTransport, at: datetime) -> int: ...


_seat: Seat[Rider] = Seat("texts to many")
register, registered, forget = _seat.register, _seat.registered, _seat.forget
