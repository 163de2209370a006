"""Load and reset the demonstration."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction

from mohalla.foundation import clock
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Unit
from mohalla.site.demo import district, history, keys
from mohalla.site.schedule import lay


class NotEmpty(Exception):
    """This home holds units that are not the demonstration's: it is left alone."""


def load(*, now: datetime) -> int:
    """Build district, cast and history once; a second time changes nothing. Number of reports."""
    if Unit.objects.exists():
        if not Unit.objects.filter(code="mohtasib").exists():
            raise NotEmpty
        return 0
    since = now - timedelta(days=history.DAYS + 2)
    district.build(since=since)
    units.forget()
    with clock.fixed(since):
        keys.make(at=since)
        lay(at=since)
    return history.make(now=now)


def reset(*, now: datetime) -> int:
    """Empty every table of the product, then load again."""
    tables = [
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name.startswith("mohalla.")
        for model in config.get_models(include_auto_created=True)
    ]
    with (
        transaction.atomic(),
        connection.constraint_checks_disabled(),
        connection.cursor() as cursor,
    ):
        for sql in connection.ops.sql_flush(no_style(), tables, allow_cascade=True):
            cursor.execute(sql)
    shutil.rmtree(settings.LOG_DIR, ignore_errors=True)  # the invented past never happened
    units.forget()
    return load(now=now)
