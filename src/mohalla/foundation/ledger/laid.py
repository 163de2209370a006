"""What the log says last of each matter, while rows are held against it: on disk, not in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager

Stood = tuple[str, str, int | None]
"""Name of a matter, hash over its rows, place of the act that says so."""


class Laid:
    """A table in a file without a name: the system takes it back when the process ends, however."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        base.execute(
            "CREATE TABLE laid (room TEXT, subject TEXT, hash TEXT, position INTEGER,"
            " PRIMARY KEY (room, subject)) WITHOUT ROWID"
        )

    def note(self, room: str, stands: Mapping[str, str], position: int | None) -> None:
        """A later word about a matter takes the place of an earlier one."""
        self._base.executemany(
            "INSERT OR REPLACE INTO laid VALUES (?, ?, ?, ?)",
            ((room, name, hash_, position) for name, hash_ in stands.items()),
        )

    def unknown(self, room: str, subjects: Collection[str]) -> list[str]:
        """Those of which the log says nothing, in their order."""
        asked = "SELECT 1 FROM laid WHERE room = ? AND subject = ?"
        return [
            name for name in subjects if self._base.execute(asked, (room, name)).fetchone() is None
        ]

    def batches(self, room: str, size: int) -> Iterator[list[Stood]]:
        """All matters of a room by name, at most `size` at a time."""
        last = ""
        while True:
            found = self._base.execute(
                "SELECT subject, hash, position FROM laid WHERE room = ? AND subject > ?"
                " ORDER BY subject LIMIT ?", (room, last, size),
            ).fetchall()  # fmt: skip
            if not found:
                return
            yield found
            last = found[-1][0]


@contextmanager
def laid() -> Iterator[Laid]:
    with closing(sqlite3.connect("")) as base:  # "": private, on disk, gone with the connection
        yield Laid(base)
