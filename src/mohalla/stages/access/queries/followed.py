"""Following a report again and again costs one short statement while nothing has happened.

Every act on a case leaves an entry in the ledger, and every change of the directory a new number:
what was shown before is shown again as long as both stand still, within the same minute (who is
next by roster depends on the time). Only C1 is kept in memory, and only for this long.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from django.db import connection

from mohalla.foundation import identifiers
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.reports.models import Report
from mohalla.foundation.units.models import DirectoryVersion
from mohalla.stages.access.queries import tracked
from mohalla.stages.access.queries.tracked import ReportSeen
from mohalla.station.casework.models.case import ROOM

MOST = 500  # reports in the memory of each process
MINUTE = 60  # seconds
Mark = tuple[int, int, int]

_kept: OrderedDict[tuple[str, str], tuple[Mark, ReportSeen]] = OrderedDict()
_lock = Lock()


def by_receipt(receipt: str, *, language: str, at: datetime) -> ReportSeen | None:
    """What the holder of a receipt may read; None for an unknown or malformed one."""
    lookup = identifiers.receipt_lookup(identifiers.normal_receipt(receipt))
    found = _mark(lookup, at)
    if found is None:
        return None
    sensitivity, mark = found
    key = (lookup, language)
    if sensitivity == "C1":
        with _lock:
            before = _kept.get(key)
            if before is not None and before[0] == mark:
                _kept.move_to_end(key)
                return before[1]
    case = tracked.of_receipt(receipt)
    if case is None:
        return None
    seen = tracked.seen(case, language=language, at=at)
    # where it was joined with another, the acts on that one leave no entry here
    if case.sensitivity == "C1" == sensitivity and case.merged_into_id is None:
        with _lock:
            _kept[key] = (mark, seen)
            if len(_kept) > MOST:
                _kept.popitem(last=False)
    return seen


def forget() -> None:
    """Empty the memory of this process (tests that roll back need it)."""
    _kept.clear()


def _mark(lookup: str, at: datetime) -> tuple[str, Mark] | None:
    """Sensitivity as filed, and what must stand still: entries, directory, minute."""
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT, [ROOM, lookup])
        row = cursor.fetchone()
    return (row[0], (row[1], row[2] or 0, int(at.timestamp()) // MINUTE)) if row else None


_STATEMENT = f"""
SELECT r.sensitivity,
  (SELECT count(*) FROM {Entry._meta.db_table} e WHERE e.room = %s AND e.subject = r.reference),
  (SELECT v.number FROM {DirectoryVersion._meta.db_table} v WHERE v.id = 1)
FROM {Report._meta.db_table} r WHERE r.receipt_lookup = %s
"""  # noqa: S608  # names of our own tables
