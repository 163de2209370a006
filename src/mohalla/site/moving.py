"""From one database to another, as a rule SQLite to PostgreSQL: everything, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from mohalla.site.options import database_from

SOURCE, TARGET = "default", "moving_to"
BATCH = 500  # rows of one statement


class MovingRefused(Exception):
    """Says what is in the way, and the mend. The target holds what it held before."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Rows by table, as counted on both sides."""

    rows: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


def move_to(
    url: str, *, progress: Callable[[int, int], None] = lambda done, of: None, home: Path = Path()
) -> Moved:
    """Copy every table in one transaction of the target; no writer may run meanwhile.

    Foreign keys are checked at its end, sequences are set, rows are counted on both sides.
    """
    target = _connected(url, home)
    try:
        _must_be_empty(target)
        call_command("migrate", database=TARGET, verbosity=0, interactive=False)
        return _copied(target, progress)
    except DatabaseError as error:
        raise MovingRefused(f"the new database said: {_first_line(error)}") from error
    finally:
        target.close()
        del connections[TARGET]
        del connections.settings[TARGET]


def _connected(url: str, home: Path) -> BaseDatabaseWrapper:
    try:
        given = {"default": database_from(url, home) | {"CONN_MAX_AGE": 0}}
    except ValueError:
        raise MovingRefused("give postgres://user:password@host:port/name") from None
    if not url.startswith("postgres"):
        raise MovingRefused("give postgres://user:password@host:port/name")
    connections.settings[TARGET] = connections.configure_settings(given)["default"]
    try:
        connections[TARGET].ensure_connection()
    except DatabaseError as error:
        words = f"{_first_line(error)}; make it with `createdb`, then try again"
        del connections[TARGET]
        del connections.settings[TARGET]
        raise MovingRefused(words) from None
    return connections[TARGET]


def _must_be_empty(target: BaseDatabaseWrapper) -> None:
    tables = target.introspection.table_names()
    if tables:
        raise MovingRefused(
            f"the new database holds {len(tables)} tables ({tables[0]}, …); name an empty one"
        )


def _copied(target: BaseDatabaseWrapper, progress: Callable[[int, int], None]) -> Moved:
    kinds = [model for model in apps.get_models(include_auto_created=True) if _stored(model)]
    tables = [model._meta.db_table for model in kinds]
    rows: dict[str, int] = {}
    with transaction.atomic(using=SOURCE), transaction.atomic(using=TARGET):
        with target.cursor() as cursor:
            # what the migrations wrote there by themselves comes along with the rest
            for sql in target.ops.sql_flush(no_style(), tables, allow_cascade=True):
                cursor.execute(sql)
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            for number, model in enumerate(kinds, 1):
                _copy(model, target, cursor)
                progress(number, len(kinds))
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # every reference is checked here
            for sql in target.ops.sequence_reset_sql(no_style(), kinds):
                cursor.execute(sql)
        for model in kinds:
            here, there = (model._base_manager.using(name).count() for name in (SOURCE, TARGET))
            if here != there:
                raise MovingRefused(f"{model._meta.db_table}: {here} rows here, {there} there")
            rows[model._meta.db_table] = here
    return Moved(rows=rows)


def _stored(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy


def _copy(model: type[models.Model], target: BaseDatabaseWrapper, cursor: Any) -> None:
    """Raw values, so that no default, no time stamp and no `save` changes a row on its way."""
    fields = model._meta.concrete_fields
    quote = target.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    rows = model._base_manager.using(SOURCE).order_by("pk").iterator(chunk_size=BATCH)
    for batch in _batches(rows):
        values = [
            [field.get_db_prep_save(field.value_from_object(row), target) for field in fields]
            for row in batch
        ]
        try:
            cursor.executemany(sql, values)
        except (DatabaseError, ValueError) as error:
            first = f"{model._meta.db_table}, rows {batch[0].pk} to {batch[-1].pk}"
            raise MovingRefused(f"{first}: {_first_line(error)}; mend it here first") from error


def _batches(rows: Iterator[models.Model]) -> Iterator[list[models.Model]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
