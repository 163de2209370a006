"""The application's time: the machine's, or moved in the demonstration and in tests.

Only the edges (views, tasks, commands) ask for `now()`; actions and rules take `at=`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

PKT = ZoneInfo("Asia/Karachi")
_fixed: datetime | None = None


def now() -> datetime:
    """The current moment, aware, in UTC."""
    if _fixed is not None:
        return _fixed
    return datetime.now(UTC) + _advanced()


def advance(seconds: float) -> datetime:
    """Move the demonstration's clock for every process of this home; returns the new time."""
    path = _file()
    if path is None:
        raise RuntimeError("the clock moves in the demonstration only (MOHALLA_DEMO=1)")
    total = _advanced().total_seconds() + seconds
    fresh = path.with_suffix(".new")
    fresh.write_text(repr(total))
    fresh.replace(path)
    return now()


@contextmanager
def fixed(at: datetime) -> Iterator[None]:
    """Hold the time of this process at `at`: for tests and for making the demo's history."""
    global _fixed
    before, _fixed = _fixed, at
    try:
        yield
    finally:
        _fixed = before


def _file() -> Path | None:
    path: Path | None = settings.CLOCK_FILE
    return path


def _advanced() -> timedelta:
    path = _file()
    if path is None:
        return timedelta()
    try:
        return timedelta(seconds=float(path.read_text()))
    except FileNotFoundError:
        return timedelta()
