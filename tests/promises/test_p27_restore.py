"""P27: after a restore the past is the same, and what is missing is named."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.homes import mohalla, python

FILE = """
import sys, django; django.setup()
from mohalla.foundation import clock
from mohalla.foundation.reports.submission import Submission
from mohalla.stages.access.actions import accept
from mohalla.site import schedule
for number in range(int(sys.argv[1])):
    done = accept(submission=Submission(door="web", text="words", category="street_light",
                  place="gul-bagh"), at=clock.now())
    print(done.reference)
schedule.lay(at=clock.now())
"""


def test_promise_P27_an_old_backup_is_caught_and_what_it_lost_is_listed(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    home, old, new, later = (tmp_path / name for name in ("home", "old", "new", "later"))
    assert mohalla("demo", "load", home=home).returncode == 0
    assert mohalla("backup", str(old), home=home).returncode == 0
    lost = python(FILE, "5", home=home).stdout.split()
    assert len(lost) == 5
    assert mohalla("backup", str(later), home=home).returncode == 0
    shutil.copytree(home / "keys", new / "keys")
    shutil.copytree(home / "log", new / "log")  # kept apart from the database, as the manual says
    done = mohalla("restore", str(old), home=new)
    assert done.returncode == 1
    for reference in lost:
        assert f"report received casework {reference}" in done.stdout
    assert mohalla("doctor", home=new).stdout.count("acts that the database does not") == 1
    assert python(FILE, "1", home=new).returncode == 0  # reports are taken all the same,
    size = (new / "log/checkpoint").read_text().split("\n")[1]
    assert size == (home / "log/checkpoint").read_text().split("\n")[1]  # but nothing is signed
    taken = mohalla("log", "recover", home=new)
    assert taken.returncode == 0, taken.stderr
    assert taken.stdout.count("LOST") == done.stdout.count("LOST")
    python(FILE, "1", home=new)
    assert int((new / "log/checkpoint").read_text().split("\n")[1]) > int(size)
    check = mohalla("log", "check", home=new)
    assert check.returncode == 1  # the words of those people are gone, and that is said for ever
    assert check.stdout.count("LOST") == 5
    assert all(reference in check.stdout for reference in lost)
    whole = tmp_path / "whole"  # the positive twin: the newer backup loses nothing
    shutil.copytree(home / "keys", whole / "keys")
    shutil.copytree(home / "log", whole / "log")
    done = mohalla("restore", str(later), home=whole)
    assert done.returncode == 0, done.stderr
    assert mohalla("log", "check", home=whole).returncode == 0
    figure(f"{len(lost)} of {len(lost)} lost reports named; nothing signed until a person looked")


def test_promise_P27_a_backup_brings_its_log_to_a_new_machine(tmp_path: Path) -> None:
    home, folder, new = (tmp_path / name for name in ("home", "backup", "new"))
    assert mohalla("demo", "load", home=home).returncode == 0
    assert mohalla("backup", str(folder), home=home).returncode == 0
    shutil.copytree(home / "keys", new / "keys")
    assert mohalla("restore", str(folder), home=new).returncode == 0
    check = mohalla("log", "check", home=new)
    assert check.returncode == 0
    assert "0 differences" in check.stdout
    (new / "keys/log").unlink()  # without the key nobody can sign in the log's name
    assert mohalla("log", "check", home=new).returncode != 0
