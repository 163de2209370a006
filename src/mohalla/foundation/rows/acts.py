"""Rows of one act over several tables, and how they are put into the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, models

from mohalla.foundation.rows.plans import plan

Values = dict[type[models.Model], list[list[Any]]]


class Act:
    """Rows that are stored whole or not at all, in the order in which their tables first appear.

    `also` runs in the same transaction after the rows; what it raises refuses this act alone.
    """

    def __init__(self) -> None:
        self.values: Values = {}
        self.also: list[Callable[[], None]] = []

    def add(self, rows: Iterable[models.Model]) -> None:
        """Take unsaved rows; their values are written down now, not when they are stored."""
        for row in rows:
            model = type(row)
            written = plan(model, connection.vendor).values(row)
            self.values.setdefault(model, []).append(written)


def insert(acts: Sequence[Act]) -> None:
    """All rows of some acts, table by table, inside the transaction of the caller."""
    together: Values = {}
    for act in acts:
        for model, written in act.values.items():
            together.setdefault(model, []).extend(written)
    put = _copy if connection.vendor == "postgresql" else _insert
    with connection.cursor() as cursor:
        for model, written in together.items():
            put(cursor, model, written)
    for act in acts:
        for run in act.also:
            run()


def _insert(cursor: Any, model: type[models.Model], written: list[list[Any]]) -> None:
    """One statement for all rows."""
    statement = plan(model, connection.vendor)
    text = statement.head + ", ".join([statement.places] * len(written))
    cursor.execute(text, [value for row in written for value in row])


def _copy(cursor: Any, model: type[models.Model], written: list[list[Any]]) -> None:
    """Rows as they stand: nothing to quote, parse or plan, and one WAL record for a page of them."""
    statement = plan(model, connection.vendor).copy
    with connection.wrap_database_errors, cursor.copy(statement) as rows:
        for row in written:
            rows.write_row(row)


def holds(model: type[models.Model], key: object) -> bool:
    """Whether a row with this primary key is there; the statement is prepared once too."""
    field = model._meta.pk
    assert field is not None
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {quote(model._meta.db_table)} WHERE {quote(str(field.column))} = %s",
            [field.get_db_prep_value(key, connection)],
        )
        return cursor.fetchone() is not None
