"""How many go at once, which of them by the outbox, and how often one is tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

MOST: Final = 1_000
SECONDS: Final = 5.0
"""A batch takes no longer than this at the carrier's rate: news and answers wait behind it."""
WHOLE: Final = 500
"""So few get each a row of the outbox: with receipts, and never twice."""
ONE_IN: Final = 50
"""Of more, one in so many: what became of them says what became of all."""
TRIES: Final = 8
LEASE: Final = timedelta(minutes=3)
_LONGEST: Final = timedelta(hours=1)


def size(rate: float, parts: int) -> int:
    """Recipients of one batch for a door that takes `rate` parts a second (0: no limit)."""
    return max(1, min(MOST, int(rate * SECONDS / max(parts, 1)))) if rate else MOST


def by_outbox(key: int, *, total: int) -> bool:
    """Whether this subscriber's text goes by the outbox; the same answer at every try."""
    return total <= WHOLE or key % ONE_IN == 0


def pause(tries: int) -> timedelta:
    """Before the next try of a single recipient: 1, 2, 4 … minutes, at most an hour."""
    return min(_LONGEST, timedelta(minutes=2 ** min(max(tries - 1, 0), 8)))
