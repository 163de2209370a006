"""How long password and code wait after failures: longer each time, never for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

FREE = 5  # tries before the first wait
FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=1)
FORGOTTEN = timedelta(days=1)  # failures older than this count no more


def wait_after(failures: int) -> timedelta:
    """Nothing for four, a minute for five, then twice as long each time, up to an hour."""
    if failures < FREE:
        return timedelta()
    times: int = 2 ** min(failures - FREE, 10)
    return min(FIRST * times, LONGEST)


def failures_now(failures: int, failed_at: datetime | None, *, at: datetime) -> int:
    """What still counts of earlier failures."""
    return failures if failed_at is not None and at - failed_at < FORGOTTEN else 0
