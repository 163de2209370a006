"""Rows stored by one prepared statement are the rows that Django would have stored."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import IntegrityError, connection
from django.db.models import Model
from django.forms.models import model_to_dict

from mohalla.foundation import rows
from mohalla.foundation.identifiers import new_key
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.rows.acts import insert
from mohalla.foundation.rows.plans import plan
from mohalla.foundation.units.models import DirectoryVersion

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 5, 0, 0, 120, tzinfo=UTC)
PKT = timezone(timedelta(hours=5))


def entry(number: int) -> Entry:
    return rows.new(
        Entry, at=AT, what="tried", room="casework", subject=f"K7M2QX{number}",
        by="sender", facts={"words": "گلی", "none": None, "list": [1, 2]},
    )  # fmt: skip


def store(made: Sequence[Model]) -> None:
    act = rows.Act()
    act.add(made)
    insert([act])


def promise(**more: Any) -> Promise:
    return rows.new(
        Promise, room="casework", subject="K7M2QXD", kind="contact", made_at=AT, due_at=AT, **more
    )


def test_the_same_as_saved_one_by_one(django_assert_num_queries: object) -> None:
    made = [entry(number) for number in range(3)]
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture: callable
        store(made)
    for row in made:
        kept = Entry.objects.get(pk=row.pk)
        assert model_to_dict(kept) == model_to_dict(row)
        assert kept.at == AT


def test_a_new_row_is_what_the_constructor_makes() -> None:
    made = promise(id=(key := new_key()), urgent=True)
    built = Promise(
        id=key,
        room="casework",
        subject="K7M2QXD",
        kind="contact",
        made_at=AT,
        due_at=AT,
        urgent=True,
    )
    assert model_to_dict(made) == model_to_dict(built)
    assert (made._state.adding, made._state.db) == (True, None)
    made.save(force_insert=True)
    assert Promise.objects.get() == built


def test_defaults_are_made_anew_for_each_row() -> None:
    one, other = promise(), promise()
    assert one.pk != other.pk
    first, second = rows.new(Entry, at=AT), rows.new(Entry, at=AT)
    assert first.facts is not second.facts


def test_a_name_that_the_model_does_not_have_is_an_error() -> None:
    with pytest.raises(TypeError, match="owner"):
        promise(owner=1)


def test_times_of_another_zone_and_choices_are_written_as_django_does() -> None:
    local = AT.astimezone(PKT)
    store([promise(state=State.KEPT, ended_at=local)])
    kept = Promise.objects.get()
    assert kept.ended_at == AT
    assert Promise.objects.filter(ended_at=AT, state="kept").count() == 1


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_every_column_of_every_model_is_written_as_django_writes_it(model: Any) -> None:
    """The short ways of `plans` against `get_db_prep_save`, over sample values of each type."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    samples = {
        "UUIDField": new_key(), "DateTimeField": AT.astimezone(PKT), "JSONField": {"a": ["گلی", None]},
        "BooleanField": True, "CharField": "ab", "TextField": "گلی",
    }  # fmt: skip
    for name, write in plan(model, connection.vendor).columns:
        field = fields[name]
        while field.remote_field:
            field = field.target_field
        sample = samples.get(field.get_internal_type(), 7)
        if field.get_internal_type() in {"DateField", "TimeField", "DurationField", "BinaryField"}:
            continue  # no short way: prepared by Django itself
        by_django = fields[name].get_db_prep_save(sample, connection)
        assert _plain(write(sample)) == _plain(by_django), name


def _plain(value: Any) -> Any:
    """psycopg's wrappers of numbers and JSON without the wrapping; what COPY is given as text."""
    value = getattr(value, "obj", value)
    if isinstance(value, dict):
        return json.dumps(value)
    return str(value) if isinstance(value, UUID | datetime) else value


def test_nothing_is_nothing() -> None:
    store([])


def test_a_key_twice_is_refused_as_a_whole() -> None:
    DirectoryVersion.objects.all().delete()
    one = entry(1)
    store([one])
    with pytest.raises(IntegrityError):
        store([entry(2), one])
