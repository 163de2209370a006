"""Fill the index of words, beside accepting and never in its way."""

from __future__ import annotations

import time
from uuid import UUID

from django.db import transaction

from mohalla.foundation.reports import searching

BATCH = 200  # reports in one transaction: accepting waits for no more than that
SECONDS = 0.5  # of work at one look
_sweep: list[UUID] = []  # how far the look at everything has come; empty: none is under way


def index_words(*, all_of_them: bool = False) -> int:
    """Index what came since the last look; how many. Safe to run twice, by two processes.

    `all_of_them` begins a look at every report: after a move to another database, a restore, or rows
    that came with old keys. It goes on at the next looks where this one is too short for it.
    """
    if not searching.is_there():
        return 0
    until = time.monotonic() + SECONDS
    if all_of_them:
        _sweep[:] = [UUID(int=0)]
    done, _rest = _fill(searching.newest(), until)
    if _sweep:
        more, rest = _fill(_sweep[0], until)
        _sweep[:] = [rest] if rest else []
        done += more
    return done


def _fill(after: UUID | None, until: float) -> tuple[int, UUID | None]:
    """How many were missing after that key, and from where to go on; None: to the end."""
    done = 0
    while time.monotonic() < until:
        rows = searching.missing(after=after, limit=BATCH)
        if rows:
            with transaction.atomic():
                searching.add(rows)
            done, after = done + len(rows), rows[-1][0]
        if len(rows) < BATCH:
            return done, None
    return done, after
