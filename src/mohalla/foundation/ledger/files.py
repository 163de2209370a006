"""Whether the rows of a matter are still what they were when the last act on it was laid.

With every round the log takes one hash over all rows of each matter that was touched. A row that
is edited, added, taken out or put elsewhere without an act is found by it, whoever did that and
whatever rights he had. The rooms above say which tables make up a matter (`site/wiring.py`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models

from mohalla.foundation.ledger.rules.commitments import moment
from mohalla.foundation.ledger.rules.encoding import encoded

CHUNK = 400  # matters in one statement


@dataclass(frozen=True)
class Table:
    """`subject` is the way from a row to the name of its matter; `leave` are fields that no act
    stands behind (clocks, counters, copies that are made again)."""

    model: type[models.Model]
    subject: str
    leave: frozenset[str] = frozenset()
    only: dict[str, Any] = field(default_factory=dict)

    def rows(self, subjects: Collection[str]) -> Iterator[tuple[Any, ...]]:
        """Name of the matter, then the values, in one order."""
        found = self.model._base_manager.filter(**self.only, **{f"{self.subject}__in": subjects})
        columns = [
            f.attname for f in self.model._meta.concrete_fields if f.attname not in self.leave
        ]
        yield from found.order_by(self.subject, "pk").values_list(self.subject, *columns).iterator()

    def subjects(self) -> Iterator[str]:
        """Every matter that has a row here."""
        found = self.model._base_manager.filter(**self.only).values_list(self.subject, flat=True)
        return map(str, found.distinct().iterator())


_rooms: dict[str, tuple[Table, ...]] = {}


def watch(room: str, tables: Iterable[Table]) -> None:
    """From now on the matters of `room` are these rows; the first table has one row a matter."""
    _rooms[room] = tuple(tables)


def rooms() -> dict[str, tuple[Table, ...]]:
    """What is watched."""
    return _rooms


def digests(room: str, subjects: Collection[str]) -> dict[str, str]:
    """The hash of each of these matters as its rows stand now, in base64."""
    hashes = {subject: hashlib.sha256() for subject in subjects}
    names = sorted(hashes)
    for table in _rooms[room]:
        label = table.model._meta.label
        for start in range(0, len(names), CHUNK):
            for subject, *values in table.rows(names[start : start + CHUNK]):
                hashes[str(subject)].update(_written([label, *values]))
    return {subject: encoded(found.digest()) for subject, found in hashes.items()}


def _written(row: list[Any]) -> bytes:
    return json.dumps(
        row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    ).encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return encoded(bytes(value))
    raise TypeError(f"{type(value).__name__} in a row of the log")
