"""Which plain reports may hold some folded words: the index of letter triples, in both databases.

A word is found anywhere, inside others too, as `contains` finds it; so the index knows every three
letters that follow each other. It gives candidates; whoever asks still compares the words. Of C1
only: nothing else has a search key. The rows are filled a second or so after a report was accepted
(`actions/index.py`); until then `newest` says from which key on every row must be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from mohalla.foundation.reports.models import Report

SIZE = 3
OVERLAP = 2 * 60 * 1000  # ms; a report that was begun earlier is not committed later than this
# the only names that are put into a statement (S608): ours, never anything typed
_TABLE, _WORDS = "reports_search", "reports_search_words"


def grams(words: Iterable[str]) -> set[str]:
    """Every three letters of each word; none for shorter ones."""
    return {word[at : at + SIZE] for word in words for at in range(len(word) - SIZE + 1)}


def candidates(words: Iterable[str], *, most: int) -> list[UUID] | None:
    """Keys of reports that have all these triples, newest first.

    None where the index cannot help: words too short, or more than `most` reports have them.
    """
    wanted = sorted(grams(words))
    if not wanted or not is_there():
        return None
    with connection.cursor() as cursor:
        cursor.execute(*_lookup(wanted, most + 1))
        found = [_key(row[0]) for row in cursor.fetchall()]
    return None if len(found) > most else sorted(found, reverse=True)


def newest() -> UUID | None:
    """Up to here every report is indexed; None where nothing is. Later ones must be read."""
    if not is_there():
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT report_id FROM {_TABLE} ORDER BY report_id DESC LIMIT 1")  # noqa: S608
        row = cursor.fetchone()
    if row is None:
        return None
    since = max(0, (_key(row[0]).int >> 80) - OVERLAP)
    return UUID(int=since << 80)


def is_there() -> bool:
    """Not on an SQLite that was built without full-text search."""
    known = _there.get(connection.vendor)
    if known is None:
        tables = connection.introspection.table_names()
        known = _there[connection.vendor] = _TABLE in tables
    return known


_there: dict[str, bool] = {}


def add(rows: Iterable[tuple[UUID, str]]) -> None:
    """Index these (key, search key), inside the caller's transaction; what is there already stays."""
    store = _add_postgresql if connection.vendor == "postgresql" else _add_sqlite
    with connection.cursor() as cursor:
        store(cursor, list(rows))


def remove(key: UUID, words: str) -> None:
    """Out of the index; `words` are the search key it was indexed with."""
    if not words or not is_there():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DELETE FROM {_TABLE} WHERE report_id = %s", [key])  # noqa: S608
            return
        cursor.execute(f"SELECT id FROM {_TABLE} WHERE report_id = %s", [key.hex])  # noqa: S608
        row = cursor.fetchone()
        if row is not None:
            cursor.execute(  # an index without content wants to be told what goes
                f"INSERT INTO {_WORDS} ({_WORDS}, rowid, words) VALUES ('delete', %s, %s)",  # noqa: S608
                [row[0], words],
            )
            cursor.execute(f"DELETE FROM {_TABLE} WHERE id = %s", [row[0]])  # noqa: S608


def missing(*, after: UUID | None, limit: int) -> list[tuple[UUID, str]]:
    """Plain reports without their row, the oldest first."""
    found = Report.objects.exclude(search_key="").order_by("pk")
    if after is not None:
        found = found.filter(pk__gt=after)
    found = found.extra(where=[  # noqa: S610 - names of our own tables
        f"NOT EXISTS (SELECT 1 FROM {_TABLE} s WHERE s.report_id = reports_report.id)"  # noqa: S608
    ])  # fmt: skip
    return list(found.values_list("pk", "search_key")[:limit])


def _lookup(wanted: list[str], limit: int) -> tuple[str, list[Any]]:
    if connection.vendor == "postgresql":
        text = f"SELECT report_id FROM {_TABLE} WHERE grams @> %s LIMIT %s"  # noqa: S608
        return text, [wanted, limit]
    text = (
        f"SELECT s.report_id FROM {_WORDS} JOIN {_TABLE} s ON s.id = {_WORDS}.rowid"  # noqa: S608
        f" WHERE {_WORDS} MATCH %s LIMIT %s"
    )
    quoted = ('"' + gram.replace('"', '""') + '"' for gram in wanted)
    return text, [" AND ".join(quoted), limit]


def _add_postgresql(cursor: Any, rows: list[tuple[UUID, str]]) -> None:
    cursor.executemany(
        f"INSERT INTO {_TABLE} (report_id, grams) VALUES (%s, %s) ON CONFLICT DO NOTHING",  # noqa: S608
        [(key, sorted(grams(words.split()))) for key, words in rows],
    )


def _add_sqlite(cursor: Any, rows: list[tuple[UUID, str]]) -> None:
    for key, words in rows:
        cursor.execute(
            f"INSERT OR IGNORE INTO {_TABLE} (report_id) VALUES (%s)",  # noqa: S608
            [key.hex],
        )
        if cursor.rowcount:
            cursor.execute(
                f"INSERT INTO {_WORDS} (rowid, words) VALUES (%s, %s)",  # noqa: S608
                [cursor.lastrowid, words],
            )


def _key(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(hex=str(value))
