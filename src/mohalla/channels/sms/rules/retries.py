"""When to try again, and when to give up."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

KEEP_TRYING: Final = timedelta(hours=72)
"""How long a delivery without an end of its own is tried."""
LEASE: Final = timedelta(minutes=3)
"""After this, a delivery marked as being sent belongs to nobody any more."""
HANDLE_ATTEMPTS: Final = 12
"""After this, an inbound text that our own code cannot handle waits for a person."""
PARTS_WAIT: Final = timedelta(minutes=5)
"""How long the parts of a long text wait for each other."""
_FIRST: Final = 2.0
_LONGEST: Final = 600.0


def pause(attempts: int) -> timedelta:
    """The pause after the given number of failed tries: 2 s, 4 s, 8 s … at most 10 minutes."""
    return timedelta(seconds=min(_LONGEST, _FIRST * 2.0 ** min(max(attempts - 1, 0), 16)))
