"""From SQLite to PostgreSQL: the demonstration moved whole, by the command itself."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from tests.homes import mohalla, python
from tests.postgres import fresh_database

from mohalla.site import supervisor

SKIPPED = {"django_migrations", "sqlite_sequence"}
PROBE = """
import django; django.setup()
from django.utils import timezone
from mohalla.foundation import seal
from mohalla.foundation.reports.models import Contact
from mohalla.foundation.units.models import Leave
from mohalla.foundation.people.models import Officer
print(seal.unseal(Contact.objects.earliest("added_at").value_sealed))
Leave.objects.create(officer=Officer.objects.first(), starts_at=timezone.now())
last = Officer.objects.order_by("pk").last().pk
assert Officer.objects.create(belt="Z-9", rank="si", name_en="Z", name_ur="Z", gender="man").pk == last + 1
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demonstration in SQLite."""
    home = tmp_path_factory.mktemp("moving")
    done = mohalla("demo", "load", home=home)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def empty() -> Iterator[str]:
    with fresh_database() as url:
        yield url


def counted(home: Path) -> dict[str, int]:
    with closing(sqlite3.connect(home / "mohalla.sqlite3")) as database:
        names = [
            row[0] for row in database.execute("select name from sqlite_master where type='table'")
        ]
        return {
            name: database.execute(f'select count(*) from "{name}"').fetchone()[0]
            for name in names
            if name not in SKIPPED and not name.startswith("reports_search")  # filled anew there
        }


def test_everything_moves_and_goes_on(home: Path, empty: str) -> None:
    done = mohalla("move-to", empty, home=home)
    assert done.returncode == 0, done.stderr
    before = counted(home)
    assert before["reports_report"] > 20
    assert f"{sum(before.values())} rows of {len(before)} tables" in done.stdout
    with psycopg.connect(empty) as database:
        for name, count in before.items():
            found = database.execute(f'select count(*) from "{name}"').fetchone()
            assert found == (count,), name
        rows = database.execute(
            "select id, body, received_at from reports_report order by id"
        ).fetchall()
    with closing(sqlite3.connect(home / "mohalla.sqlite3")) as old:
        bodies = old.execute("select id, body from reports_report order by id").fetchall()
    assert [(row[0].hex, row[1]) for row in rows] == bodies
    went_on = python(PROBE, home=home, url=empty)  # sealed words open, sequences go on
    assert went_on.returncode == 0, went_on.stderr
    assert went_on.stdout.startswith("+92")
    again = mohalla("move-to", empty, home=home)
    assert again.returncode == 1
    assert "name an empty one" in again.stderr


def test_a_database_with_anything_in_it_is_left_alone(home: Path, empty: str) -> None:
    with psycopg.connect(empty, autocommit=True) as database:
        database.execute("create table somebody_elses (id int)")
        done = mohalla("move-to", empty, home=home)
        tables = database.execute("select tablename from pg_tables where schemaname = 'public'")
        assert tables.fetchall() == [("somebody_elses",)]
    assert done.returncode == 1
    assert "holds 1 tables" in done.stderr


def test_what_postgresql_cannot_hold_is_named_and_nothing_is_copied(home: Path, empty: str) -> None:
    with closing(sqlite3.connect(home / "mohalla.sqlite3")) as old:
        long = "x" * 70  # SQLite does not look at lengths
        old.execute(f"update places_place set code = '{long}' where code = 'gul-bagh'")
        old.commit()
        try:
            done = mohalla("move-to", empty, home=home)
        finally:
            old.execute(f"update places_place set code = 'gul-bagh' where code = '{long}'")
            old.commit()
    assert done.returncode == 1
    assert "places_place" in done.stderr
    with psycopg.connect(empty) as database:
        assert database.execute("select count(*) from units_unit").fetchone() == (0,)


def test_nothing_moves_while_the_product_runs(home: Path) -> None:
    held = supervisor.lock(home)
    try:
        done = mohalla("move-to", "postgres://nobody@127.0.0.1:1/none", home=home)
    finally:
        os.close(held)
    assert done.returncode == 1
    assert "stop it first" in done.stderr


@pytest.mark.parametrize(
    "url,words", [("sqlite:///x", "postgres://"), ("postgres://n@127.0.0.1:1/n", "createdb")]
)
def test_an_address_that_leads_nowhere(home: Path, url: str, words: str) -> None:
    done = mohalla("move-to", url, home=home)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
