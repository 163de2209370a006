"""Upwards from doors with keys (USSD, voice): who understands them stands above, injected by wiring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from mohalla.channels.seat import Seat

Door = Literal["ussd", "voice"]


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came in one turn of a call.

    session: the carrier's name of the call. number: the caller, as it came. given: all answers of
    this call so far, keys or words, none at its beginning: what was taken before is not taken
    again, so a turn that comes twice is answered twice and counted once. The number is empty where
    it was withheld. recorded: the last answer is this stored recording. languages: those in which
    the door can say everything just now; empty: all that it has.
    """

    door: Door
    session: str
    number: str
    given: tuple[str, ...]
    recorded: UUID | None = None
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """What the door says now.

    key, values: the prompt and what is filled in; text: the same in words of `language`. takes:
    "words", or "keys" of the question or the menu, as many as `digits`. over: nothing is asked any
    more. wished: the language that was asked for, where the door cannot say it now.
    """

    key: str
    language: str
    values: Mapping[str, str]
    text: str
    takes: Literal["words", "keys"]
    over: bool
    digits: int = 1
    wished: str = ""


class KeyedHandler(Protocol):
    """Called inside one transaction: all of it or nothing; the turn may come again."""

    def __call__(self, *, pressed: Pressed, at: datetime) -> Turn: ...


_seat: Seat[KeyedHandler] = Seat("doors with keys")
register, handler, forget = _seat.register, _seat.handler, _seat.forget
