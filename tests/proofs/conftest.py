"""An installation; on PostgreSQL it has a database of its own, dropped at the end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from tests.proofs.home import Home

URL = os.environ.get("DATABASE_URL", "")
POSTGRES = URL.startswith("postgres")
SERVER = URL.rpartition("/")[0]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """Empty, not started; on the database that this run of tests uses."""
    name = f"proof_{uuid4().hex[:12]}"
    if POSTGRES:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=3) as link:
            link.execute(f'CREATE DATABASE "{name}"')
            link.execute(f'ALTER DATABASE "{name}" SET log_min_messages = fatal')
    made = Home(tmp_path, f"{SERVER}/{name}" if POSTGRES else "")
    yield made
    if made.process is not None and made.process.poll() is None:
        made.kill(made.tree())
    if POSTGRES:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as link:
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
