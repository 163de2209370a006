"""What a call can do, whoever carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

RATE, WIDTH = 8000, 2  # of all sound here: samples a second, bytes of each; one channel
Ended = Literal["key", "silence", "limit", "hung_up"]


class HungUp(Exception):
    """Nobody is there any more."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """wav: the file exactly as it was written at capture. audible: whether there is any sound."""

    wav: bytes
    ended: Ended
    audible: bool


class Call(Protocol):
    """One call that was taken. Used by one thread; every method but `hang_up` raises HungUp.

    key: the line's own name of this call, never used twice. number: the caller, E.164 where it is a
    telephone number; empty where it was withheld.
    """

    key: str
    number: str

    def play(self, pcm: bytes) -> str:
        """To the end, or until a key is pressed: which one; empty at the end."""

    def wait_key(self, seconds: float) -> str:
        """The next key, `0` to `9`, `*` or `#`; empty when none came."""

    def record(self, *, most: float, silence: float) -> Recorded:
        """Until `#`, `silence` seconds without sound, `most` seconds, or the end of the call, which
        is no HungUp here: what was said until then is kept."""

    def hang_up(self) -> None:
        """The end; of a call that is over already no error."""
