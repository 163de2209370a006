"""Upwards from lines that ring: somebody rang and hung up, and who acts on it stands above.

A missed call costs the caller nothing: it asks to be called back, or, on the number of danger, for help.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from django.conf import settings

from mohalla.channels.seat import Seat

Line = Literal["help", "danger"]


@dataclass(frozen=True, slots=True)
class Missed:
    """A call that nobody took. key: the carrier's or our own name of this call, the same when it is told twice.

    number: the caller, as it came; empty where it was withheld. line: which of our numbers rang.
    """

    key: str
    number: str
    line: Line


class MissedHandler(Protocol):
    """Called inside one transaction: all of it or nothing; the same call may be told again."""

    def __call__(self, *, missed: Missed, at: datetime) -> None: ...


def line_of(called: str) -> Line:
    """Which of our numbers this is; whatever is not the number of danger asks for a call back."""
    digits = "".join(c for c in called if c.isdigit())
    ours = "".join(c for c in settings.DANGER_NUMBER if c.isdigit())
    return "danger" if ours and digits.endswith(ours) else "help"


_seat: Seat[MissedHandler] = Seat("missed calls")
register, handler = _seat.register, _seat.handler
