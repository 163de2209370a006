"""A PostgreSQL database of one's own for one test, where there is a server."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[1]


def server() -> str:
    """The address of a server in which tests may make databases; empty where there is none."""
    return subprocess.run(
        [ROOT / ".ci/postgres-url"], capture_output=True, text=True, check=False
    ).stdout.strip()


@contextmanager
def fresh_database() -> Iterator[str]:
    """The address of a new, empty database, dropped at the end; skips where there is no server."""
    address = server()
    if not address:
        pytest.skip(
            "no PostgreSQL here; set MOHALLA_TEST_POSTGRES=postgres://user:password@host/name"
        )
    name = f"mohalla_test_{secrets.token_hex(6)}"
    with psycopg.connect(address, autocommit=True) as admin:
        admin.execute(f'create database "{name}"')
        try:
            yield f"{address.rpartition('/')[0]}/{name}"
        finally:
            admin.execute(f'drop database "{name}" with (force)')
