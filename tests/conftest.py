"""For all tests: a test database that threads and child processes can share, a log each, figures.

What people are promised is shown by tests named `test_promise_PNN_…`; `figure("…")` states what such
a test reached, and `make promises` writes all of them into docs/PROMISES.md. Every text that goes out
is kept, and read when the run ends (`tests/outgoing.py`).
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
from tests import outgoing

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


# --- P11: what goes out, in all processes of this run

_passed: list[str] = []
_verdict = pytest.StashKey[outgoing.Verdict]()


def _leads(config: pytest.Config) -> bool:
    return not hasattr(config, "workerinput")  # not one of the processes of pytest-xdist


def pytest_configure(config: pytest.Config) -> None:
    if _leads(config):
        outgoing.begin()


@pytest.fixture(scope="session", autouse=True)
def every_text_is_kept() -> None:
    outgoing.watch()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        _passed.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not _leads(session.config) or session.config.option.collectonly:
        return
    homes = Path(session.config._tmp_path_factory.getbasetemp())  # type: ignore[attr-defined] # pytest has no public name for it
    found = outgoing.verdict(Path(os.environ[outgoing.FOLDER]), passed=_passed, homes=homes)
    session.config.stash[_verdict] = found
    if found.wrong:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    elif FIGURES and any(test.startswith(outgoing.PROOF) for test in _passed):
        test = f"{outgoing.PROOF}::test_promise_P11_every_text_of_the_run_is_kept_and_read"
        kept = {"test": test, "figure": str(found)}
        (Path(FIGURES) / "outgoing.json").write_text(json.dumps(kept))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    found = terminalreporter.config.stash.get(_verdict, None)
    if found is None or not (found.made or found.in_homes or found.wrong):
        return
    terminalreporter.section(f"outgoing texts: {found}")
    for line in found.wrong[:40]:
        terminalreporter.write_line(line, red=True)
