"""Fill the index of words, beside accepting and never in its way."""

from __future__ import annotations

import time

from django.db import transaction

from mohalla.foundation.reports import searching

BATCH = 200  # reports in one transaction: accepting waits for no more than that
SECONDS = 0.5  # of work at one look


def index_words(*, all_of_them: bool = False) -> int:
    """Index what came since the last look; how many. Safe to run twice, by two processes.

    `all_of_them` looks at every report: after a move to another database, a restore, or rows that
    came with old keys. It goes on at the next look where it could not finish.
    """
    if not searching.is_there():
        return 0
    done, until = 0, time.monotonic() + SECONDS
    after = None if all_of_them else searching.newest()
    while time.monotonic() < until:
        rows = searching.missing(after=after, limit=BATCH)
        if rows:
            with transaction.atomic():
                searching.add(rows)
        done += len(rows)
        if len(rows) < BATCH:
            break
        after = rows[-1][0] if all_of_them else after
    return done
