"""When to try again, and when to give up."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

KEEP_TRYING: Final = timedelta(hours=72)
LEASE: Final = timedelta(minutes=3)
"""After this, a notice marked as being sent belongs to nobody any more."""
_FIRST: Final = 5.0
_LONGEST: Final = 1800.0


def pause(attempts: int, *, asked: int = 0) -> timedelta:
    """5 s, 10 s, 20 s … at most half an hour; never less than the service asked for."""
    own = min(_LONGEST, _FIRST * 2.0 ** min(max(attempts - 1, 0), 16))
    return timedelta(seconds=max(own, asked))
