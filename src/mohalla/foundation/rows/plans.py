"""What is known about a model once: its columns, its defaults, how its values are written.

Django prepares every value and builds every INSERT anew, row by row (a report has about 130 values,
5 microseconds each); here both are done once for a model and a database.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)
Writer = Callable[[Any], Any]


class Shape(NamedTuple):
    """The attributes of a model's rows, and what they hold when nobody says otherwise."""

    names: frozenset[str]
    constants: dict[str, Any]
    made: tuple[tuple[str, Callable[[], Any]], ...]


class Plan(NamedTuple):
    """How the rows of one model go into one kind of database."""

    head: str  # `INSERT INTO … VALUES `
    places: str  # the placeholders of one row
    copy: str  # `COPY … FROM STDIN`, for PostgreSQL
    columns: tuple[tuple[str, Writer], ...]  # attribute, and how its value is written

    def values(self, row: models.Model) -> list[Any]:
        """What the database gets for one row, in the order of the columns."""
        held = row.__dict__
        return [
            None if (value := held[name]) is None else write(value) for name, write in self.columns
        ]


def new(model: type[M], **values: Any) -> M:
    """An unsaved row with its defaults, without the ORM's constructor.

    Names are attributes (`report_id`, not `report`); an unknown one raises `TypeError`.
    """
    shape = _shape(model)
    if not values.keys() <= shape.names:
        raise TypeError(f"{model.__name__} has no {sorted(values.keys() - shape.names)}")
    row = model.__new__(model)
    row._state = ModelState()
    held = row.__dict__
    held.update(shape.constants)
    for name, make in shape.made:
        if name not in values:
            held[name] = make()
    held.update(values)
    return row


@lru_cache(maxsize=64)
def _shape(model: type[models.Model]) -> Shape:
    fields = model._meta.concrete_fields
    made = {
        field.attname: field.default
        for field in fields
        if field.has_default() and callable(field.default)
    }
    return Shape(
        names=frozenset(field.attname for field in fields),
        constants={f.attname: f.get_default() for f in fields if f.attname not in made},
        made=tuple(made.items()),
    )


@lru_cache(maxsize=128)
def plan(model: type[models.Model], vendor: str) -> Plan:
    """The plan of a model on `sqlite` or `postgresql`."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, models.AutoField)  # the database numbers these
    ]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    into = f"{quote(model._meta.db_table)} ({names})"
    return Plan(
        head=f"INSERT INTO {into} VALUES ",
        places=f"({', '.join(['%s'] * len(fields))})",
        copy=f"COPY {into} FROM STDIN",
        columns=tuple((field.attname, _writer(field, vendor)) for field in fields),
    )


def _writer(field: models.Field[Any, Any], vendor: str) -> Writer:
    """How a value that is not None is written: as Django does, only with less ado."""
    target = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if isinstance(target, models.CharField | models.TextField):
        return _text
    if isinstance(target, models.IntegerField | models.BooleanField):
        return _as_is
    if isinstance(target, models.JSONField) and target.encoder is None:
        return json.dumps
    if isinstance(target, models.UUIDField):
        return _hex if vendor == "sqlite" else str
    if isinstance(target, models.DateTimeField):
        return _naive if vendor == "sqlite" else str
    return lambda value: field.get_db_prep_save(value, connection)


def _as_is(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    return value if type(value) is str else str(value)  # a member of TextChoices is its value


def _hex(value: UUID) -> str:
    return value.hex


def _naive(value: datetime) -> str:
    return str(value.astimezone(UTC).replace(tzinfo=None))
