"""Upwards: whoever understands and answers texts stands above and is injected once, by wiring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from mohalla.channels.seat import Seat


@dataclass(frozen=True, slots=True)
class InboundSms:
    """A stored text as its handler sees it.

    text: our reading, at most some 40,000 characters, may be empty. repeats: an earlier equal text
    of the same phone, to be linked. is_whole: False where parts never came (` … ` in their place).
    why_silent: empty, or why no automatic reply would be sent; the text counts all the same.
    """

    id: UUID
    sender: str
    recipient: str
    text: str
    received_at: datetime
    repeats: UUID | None
    is_whole: bool
    why_silent: str


class InboundHandler(Protocol):
    """Called inside one transaction together with the mark "handled": all of it or nothing.

    May be called again for the same text after a failure. Any exception means: try again later.
    """

    def __call__(self, *, inbound: InboundSms, at: datetime) -> None: ...


_seat: Seat[InboundHandler] = Seat("texts")
register, registered, forget = _seat.register, _seat.registered, _seat.forget
