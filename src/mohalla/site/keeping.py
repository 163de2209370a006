"""Backup and restore: database and files; the keys are kept apart, on purpose."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from time import sleep

from django.conf import settings
from django.db import connection

from mohalla.foundation.ledger.store import Busy, Store

MANIFEST = "manifest.json"
WAIT = 100  # tenths of a second for the log to be still


class KeepingRefused(Exception):
    """Says what is in the way, and the mend."""


def backup(folder: Path) -> str:
    """Write into `folder`; returns one line that says what was done. Safe while running."""
    if folder.exists() and any(folder.iterdir()):
        raise KeepingRefused(f"{folder} is not empty; name a new folder")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _copy_log(settings.LOG_DIR, folder / "log")  # before the database, which then holds all of it
    # the database before the files: every file that it names was on disk before its row was
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "database.sqlite3")) as target:
            connection.ensure_connection()
            connection.connection.backup(target)
    else:
        _postgres("pg_dump", "--format=custom", f"--file={folder / 'database.dump'}")
    files = _copy_files(settings.FILES_DIR, folder / "files")
    names = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {str(path.relative_to(folder)): _digest(path) for path in names}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))
    return (
        f"database and {files} files are in {folder}; "
        f"the keys in {settings.KEYS_DIR} are not: keep their copy elsewhere"
    )


def restore(folder: Path) -> str:
    """Into an empty home (or database); every file is checked against the manifest first."""
    _check(folder)
    files = 0
    if connection.vendor == "sqlite":
        target = Path(str(connection.settings_dict["NAME"]))
        if target.exists():
            raise KeepingRefused(f"{target} exists; restore into a new MOHALLA_HOME")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(folder / "database.sqlite3", target)
    else:
        if connection.introspection.table_names():
            raise KeepingRefused("the database holds tables; restore into an empty one")
        _postgres("pg_restore", "--no-owner", "--exit-on-error",
                  f"--dbname={connection.settings_dict['NAME']}", str(folder / "database.dump"))  # fmt: skip
    if (folder / "files").exists():
        files = _copy_files(folder / "files", settings.FILES_DIR)
    if not settings.LOG_DIR.exists():  # a newer log than the backup's tells what the backup lost
        _copy_log(folder / "log", settings.LOG_DIR)
    return f"database and {files} files are back; put the keys into {settings.KEYS_DIR}"


def _check(folder: Path) -> None:
    manifest = folder / MANIFEST
    if not manifest.exists():
        raise KeepingRefused(f"{folder} holds no {MANIFEST}; name what `mohalla backup` made")
    for name, digest in json.loads(manifest.read_text()).items():
        path = folder / name
        if not path.exists():
            raise KeepingRefused(f"{name} is missing in {folder}")
        if _digest(path) != digest:
            raise KeepingRefused(f"{name} is not what was backed up; take another backup")


def _copy_log(source: Path, target: Path) -> None:
    """Nobody lays anything into it meanwhile."""
    if not source.exists():
        return
    for _try in range(WAIT):
        try:
            with Store(source).locked():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("lock", "*~"))
                return
        except Busy:
            sleep(0.1)
    raise KeepingRefused(f"{source} is being written all the time; try again")


def _copy_files(source: Path, target: Path) -> int:
    done = 0
    for path in source.glob("??/*") if source.exists() else ():
        goal = target / path.parent.name / path.name
        goal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copyfile(path, goal)
        done += 1
    return done


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _postgres(program: str, *arguments: str) -> None:
    given = connection.settings_dict
    environment = os.environ | {
        "PGHOST": str(given["HOST"]), "PGPORT": str(given["PORT"] or 5432),
        "PGUSER": str(given["USER"]), "PGPASSWORD": str(given["PASSWORD"]),
        "PGDATABASE": str(given["NAME"]),
    }  # fmt: skip
    found = shutil.which(program)
    if found is None:
        raise KeepingRefused(f"{program} is missing; install postgresql-client")
    done = subprocess.run(  # noqa: S603 - our own arguments
        [found, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise KeepingRefused(f"{program}: {done.stderr.strip().splitlines()[-1]}")
