"""For all tests: a test database that threads and child processes can share, a log each, figures.

What people are promised is shown by tests named `test_promise_PNN_…`; `figure("…")` states what such
a test reached, and `make promises` writes all of them into docs/PROMISES.md.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.fixtures import Settings

from mohalla.foundation.jobs import signs
from mohalla.foundation.units import queries as units

signs.FLUSH = float("inf")  # refusals are written when a test asks for them, not in the midst of it


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: in memory, each thread would wait for the other's whole connection."""
    for connection in connections.all():
        if connection.vendor == "sqlite":
            name = tmp_path_factory.mktemp("database") / "test.sqlite3"
            connection.settings_dict["TEST"]["NAME"] = str(name)


@pytest.fixture(autouse=True)
def fresh_directory() -> None:
    """Each test has its own units and postings: no snapshot of another one's."""
    units.forget()


@pytest.fixture(autouse=True)
def fresh_log(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Each test has a log of its own: what a rolled back test laid there never happened."""
    settings.LOG_DIR = tmp_path_factory.getbasetemp() / "logs" / secrets.token_hex(6)


FIGURES = os.environ.get("MOHALLA_PROMISES", "")


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say in one line what was reached; kept only if the test passes up to here."""

    def said(words: str) -> None:
        if FIGURES:
            kept = {"test": request.node.nodeid, "figure": words}
            name = request.node.name.replace("/", "-")
            (Path(FIGURES) / f"{name}.json").write_text(json.dumps(kept))

    return said
