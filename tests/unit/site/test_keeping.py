"""Backup and restore by the command itself: while somebody writes, and never over anything."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from tests.homes import environment, mohalla, python
from tests.postgres import ROOT, fresh_database

WRITER = """
import sys, pathlib, django; django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from mohalla.foundation import clock
from mohalla.foundation.reports.actions import keep_attachment
from mohalla.foundation.reports.submission import Submission
from mohalla.stages.access.actions import accept
stop, number = pathlib.Path(sys.argv[1]), 0
while not stop.exists():
    number += 1
    upload = SimpleUploadedFile("x.jpg", b"\\xff\\xd8\\xff\\xe0" + str(number).encode() * 20)
    kept = keep_attachment(upload=upload, at=clock.now())
    accept(submission=Submission(door="web", text=f"word {number}", category="street_light",
           place="gul-bagh", attachments=(kept.pk,)), at=clock.now())
    print(number, flush=True)
"""
PROBE = """
import django; django.setup()
from django.db import connection
from mohalla.foundation import files
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.models import Attachment, Report
from mohalla.foundation.reports.queries import opened
from mohalla.station.casework.models import Case
connection.check_constraints()
cases = set(Case.objects.values_list("pk", flat=True))
for report in Report.objects.all():
    assert report.pk in cases
    assert opened(report, report.body) or report.attachments.exists()
    assert Promise.objects.filter(subject=report.reference, kind="contact").exists()
for row in Attachment.objects.all():
    assert len(files.read(row.sha256)) == row.size
print(Report.objects.count(), Attachment.objects.count())
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("kept")
    done = mohalla("demo", "load", home=home)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def taken(home: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, int]:
    """A backup made while another process writes: folder, reports before it and after it."""
    folder = tmp_path_factory.mktemp("backups") / "first"
    stop = folder.parent / "stop"
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(stop)], env=environment(home), cwd=ROOT,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert writer.stdout is not None
    try:
        for _first in range(3):
            writer.stdout.readline()
        before = reports_in(home / "mohalla.sqlite3")
        done = mohalla("backup", str(folder), home=home)
        after = reports_in(home / "mohalla.sqlite3")
    finally:
        stop.touch()
        writer.communicate(timeout=30)
    assert done.returncode == 0, done.stderr
    assert after > before, "nobody wrote meanwhile; this proves nothing"
    return folder, before, after


def reports_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("select count(*) from reports_report").fetchone()[0])


def keys_too(home: Path, new: Path) -> None:
    """The operator's own safe copy of the keys."""
    shutil.copytree(home / "keys", new / "keys")


def test_what_was_written_meanwhile_is_whole_or_not_there(
    home: Path, taken: tuple[Path, int, int], tmp_path: Path
) -> None:
    folder, before, after = taken
    assert not (folder / "keys").exists()
    assert folder.stat().st_mode & 0o077 == 0
    new = tmp_path / "new"
    keys_too(home, new)
    done = mohalla("restore", str(folder), home=new)
    assert done.returncode == 0, done.stderr
    found = python(PROBE, home=new)
    assert found.returncode == 0, found.stderr
    reports, attachments = (int(word) for word in found.stdout.split())
    assert before <= reports <= after
    assert attachments >= 3


def test_a_home_in_use_is_never_written_over(home: Path, taken: tuple[Path, int, int]) -> None:
    before = reports_in(home / "mohalla.sqlite3")
    done = mohalla("restore", str(taken[0]), home=home)
    assert done.returncode == 1
    assert "new MOHALLA_HOME" in done.stderr
    assert reports_in(home / "mohalla.sqlite3") == before


@pytest.mark.parametrize(
    "spoil,words",
    [
        (lambda f: (f / "database.sqlite3").open("ab").write(b"x"), "not what was backed up"),
        (lambda f: next((f / "files").glob("??/*")).write_bytes(b"other"), "not what was backed"),
        (lambda f: next((f / "files").glob("??/*")).unlink(), "is missing"),
        (lambda f: (f / "manifest.json").unlink(), "holds no manifest.json"),
    ],
)
def test_a_backup_that_was_touched_is_refused(
    taken: tuple[Path, int, int], tmp_path: Path, spoil: object, words: str
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(taken[0], folder)
    spoil(folder)  # type: ignore[operator]
    done = mohalla("restore", str(folder), home=tmp_path / "new")
    assert done.returncode == 1
    assert words in done.stderr
    assert not (tmp_path / "new/mohalla.sqlite3").exists()


def test_a_folder_with_something_in_it_is_no_place_for_a_backup(home: Path, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("mine")
    done = mohalla("backup", str(tmp_path), home=home)
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letter"]


@pytest.mark.skipif(not shutil.which("pg_dump"), reason="pg_dump is not here: postgresql-client")
def test_postgresql_there_and_back(tmp_path: Path) -> None:
    with fresh_database() as one, fresh_database() as two:
        home, folder, new = tmp_path / "home", tmp_path / "backup", tmp_path / "new"
        assert mohalla("demo", "load", home=home, url=one).returncode == 0
        done = mohalla("backup", str(folder), home=home, url=one)
        assert done.returncode == 0, done.stderr
        over = mohalla("restore", str(folder), home=home, url=one)
        assert over.returncode == 1
        assert "empty one" in over.stderr
        keys_too(home, new)
        done = mohalla("restore", str(folder), home=new, url=two)
        assert done.returncode == 0, done.stderr
        found = python(PROBE, home=new, url=two)
        assert found.returncode == 0, found.stderr
        with psycopg.connect(one) as database:
            count = database.execute("select count(*) from reports_report").fetchone()
        assert count == (int(found.stdout.split()[0]),)
