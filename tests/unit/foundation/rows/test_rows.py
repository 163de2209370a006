"""Rows stored by one prepared statement are the rows that Django would have stored."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError
from django.forms.models import model_to_dict

from mohalla.foundation import rows
from mohalla.foundation.identifiers import new_key
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.units.models import DirectoryVersion

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def entry(number: int) -> Entry:
    return Entry(
        id=new_key(), at=AT, what="tried", room="casework", subject=f"K7M2QX{number}",
        by="sender", facts={"words": "گلی", "none": None, "list": [1, 2]},
    )  # fmt: skip


def test_the_same_as_saved_one_by_one(django_assert_num_queries: object) -> None:
    made = [entry(number) for number in range(3)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        rows.store(made)
    for row in made:
        kept = Entry.objects.get(pk=row.pk)
        assert model_to_dict(kept) == model_to_dict(row)
        assert kept.at == AT


def test_nothing_is_nothing() -> None:
    rows.store([])


def test_a_key_twice_is_refused_as_a_whole() -> None:
    DirectoryVersion.objects.all().delete()
    one = entry(1)
    rows.store([one])
    with pytest.raises(IntegrityError):
        rows.store([entry(2), one])
