"""Signs of life and tallies, written by every process and read from the database by one page."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime
from threading import Lock

from django.db import Error, transaction
from django.db.models import F

from mohalla.foundation.jobs.models import Heartbeat, Tally

EVERY = 15.0  # seconds between two heartbeats of one process
FLUSH = 10.0  # seconds that a tally may stay in the memory of a process
_beaten: dict[str, tuple[float, str]] = {}
_waiting: Counter[str] = Counter()
_flushed_at = time.monotonic()
_lock = Lock()


def beat(name: str, *, at: datetime, state: str = "") -> None:
    """Written at once where the state changed, else every fifteen seconds."""
    last_at, last_state = _beaten.get(name, (float("-inf"), ""))
    now = time.monotonic()
    if state == last_state and now - last_at < EVERY:
        return
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at, "state": state})
    _beaten[name] = (now, state)


def state(name: str) -> str:
    """What a process said of itself the last time; empty where it never did."""
    found = Heartbeat.objects.filter(name=name).values_list("state", flat=True).first()
    return found or ""


def tally(name: str) -> None:
    """Count one; a flood of refusals must not become a flood of writes."""
    with _lock:
        _waiting[name] += 1
    flush()


def flush(*, now: bool = False) -> None:
    """Write what waits, at most every ten seconds; a database that is away gets it later."""
    global _flushed_at
    with _lock:
        if not _waiting or (not now and time.monotonic() - _flushed_at < FLUSH):
            return
        taken, _flushed_at = dict(_waiting), time.monotonic()
        _waiting.clear()
    try:
        with transaction.atomic():
            for name, count in taken.items():
                Tally.objects.get_or_create(name=name)
                Tally.objects.filter(name=name).update(count=F("count") + count)
    except Error:
        with _lock:
            _waiting.update(taken)


def forget() -> None:
    """Empty the memory of this process (tests that roll back need it)."""
    _beaten.clear()
    _waiting.clear()
