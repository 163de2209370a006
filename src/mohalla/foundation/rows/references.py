"""References that the database does not check (docs/adr/0012): are all of them whole?"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef


def unchecked() -> list[models.ForeignKey[Any, Any]]:
    """The foreign keys without a constraint in the database."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and not field.db_constraint  # type: ignore[attr-defined]
    ]


def broken() -> dict[str, int]:
    """How many rows refer to what is not there, by column; one statement for each of them."""
    found = {}
    for field in unchecked():
        there = field.related_model._base_manager.filter(pk=OuterRef(field.attname))
        rows = field.model._base_manager.exclude(**{field.attname: None})
        count = rows.exclude(Exists(there)).count()
        if count:
            found[f"{field.model._meta.db_table}.{field.column}"] = count
    return found
