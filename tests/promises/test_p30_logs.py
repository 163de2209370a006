"""P30: secrets never reach the logs.

Words, number, receipt and password go through everything that can fail: pages that break, forms and
requests that are refused, the API, jobs, the clock, texts and their links, threads and processes
nobody watched, the database's own log. Then all that was printed is searched for them, in several
ways of writing. Each fault must have left its line, or the search proves nothing.
"""

from __future__ import annotations

import ast
import base64
import io
import json
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.district import District, filed
from tests.homes import environment
from tests.postgres import ROOT, fresh_database

from mohalla.channels.sms import actions as sms
from mohalla.channels.sms import worker
from mohalla.channels.sms.inlet import DatabaseInlet
from mohalla.foundation import identifiers
from mohalla.foundation.jobs.failing import JobFailed
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.tasks import drop_bytes
from mohalla.site import logs, schedule
from mohalla.stages.access.actions.hear import hear
from mohalla.station.casework import actions as casework

TOLD = "zebraverdict میرے بھائی نے"
NUMBER, PASSWORD = "+923009998877", "zebrapass-phrase-9"
REFERENCE_TYPED = "ZEBRA77"


def forms(secret: str) -> set[str]:
    """The word as it might stand somewhere."""
    raw = secret.encode()
    return {
        secret, quote(secret), quote(secret, safe=""), repr(secret)[1:-1], ascii(secret)[1:-1],
        json.dumps(secret)[1:-1], raw.hex(), secret.encode("utf-16-le").hex(),
        base64.b64encode(raw).decode().rstrip("="), str(raw)[2:-1],
    }  # fmt: skip


class Printed:
    """Everything that loggers print, formatted as the product does it, at the most talkative level."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(logs.Plain())
        self.secrets = {TOLD, TOLD.split()[0], NUMBER, NUMBER[1:], PASSWORD, REFERENCE_TYPED}

    def since(self, act: Callable[[], object]) -> str:
        """What this act printed; nothing in it is a secret."""
        begun = self.stream.tell()
        act()
        said = self.stream.getvalue()[begun:]
        self.clean(said)
        return said

    def clean(self, said: str) -> None:
        for secret in self.secrets:
            for form in forms(secret):
                assert form.lower() not in said.lower(), f"{secret} stands in:\n{said}"


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Printed]:
    kept = Printed()
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", logging.DEBUG)
    for name in ("django", "django.db.backends", "httpx", "mohalla"):
        monkeypatch.setattr(logging.getLogger(name), "level", logging.DEBUG)
    logging.getLogger("django").manager._clear_cache()  # type: ignore[attr-defined]
    root.addHandler(kept.handler)
    yield kept
    root.removeHandler(kept.handler)


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "en"}, raise_request_exception=False)


def broken(*_given: object, **_named: object) -> None:
    """As a fault that quotes what it was given, and another one behind it."""
    try:
        raise KeyError(TOLD)
    except KeyError as error:
        raise ValueError(f"cannot store {TOLD!r} of {NUMBER}") from error


def test_promise_P30_pages_and_api_that_break(
    district: District, printed: Printed, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, receipt = filed(district, text=TOLD)
    printed.secrets |= {receipt, identifiers.spoken(receipt), case.reference}
    monkeypatch.setattr(casework, "say", broken)
    monkeypatch.setattr(casework, "note", broken)
    by_receipt = {"Authorization": f"Receipt {receipt}"}
    said = {"receipt": receipt, "do": "message", "text": TOLD}
    officer = district.client(district.ali)
    officer.raise_request_exception = False
    for act, route in (
        (lambda: browser.post(f"/en/track/?q={TOLD}", said), "/track/"),
        (lambda: browser.post("/api/v1/report/messages", {"text": TOLD}, "application/json",
                              headers=by_receipt), "/api/v1/report/messages"),
        (lambda: officer.post(f"/desk/cases/{case.reference}/note", {"kind": "note", "text": TOLD}),
         "/desk/cases/<str:reference>/note"),
    ):  # fmt: skip
        text = printed.since(lambda act=act: _status(act(), 500))
        assert f"POST {route} 500" in text
        assert "  ValueError\n    " in text, "what happened"
        assert "test_p30_logs.py" in text, "and where"
        assert "  KeyError" in text, "and what was behind it"
    assert mail.outbox == []


def _status(response: Any, wanted: int) -> None:
    assert response.status_code == wanted


def test_promise_P30_a_database_that_refuses(
    district: District, printed: Printed, browser: Client
) -> None:
    """The real fault of the real driver, which quotes statement and values."""
    _case, receipt = filed(district, text="told")
    printed.secrets.add(receipt)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reports_message RENAME TO taken_away")

    def fails() -> None:
        with transaction.atomic():
            said = {"receipt": receipt, "do": "message", "text": TOLD}
            _status(browser.post("/en/track/", said), 500)
            transaction.set_rollback(True)

    text = printed.since(fails)
    assert re.search(r"  (Operational|Programming)Error( 42P01)?\n", text)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE taken_away RENAME TO reports_message")


REFUSED: dict[str, tuple[Callable[[Client], Any], set[int]]] = {
    "an unknown address": (lambda c: c.get(f"/desk/cases/{REFERENCE_TYPED}/{quote(TOLD)}"), {404}),
    "a receipt in the address": (lambda c: c.get(f"/track/{quote(NUMBER)}/?r={quote(TOLD)}"), {404}),
    "another method": (lambda c: c.generic("ZEBRAVERDICT", f"/track/?q={quote(TOLD)}"), {405}),
    "another method of the API": (lambda c: c.delete(f"/api/v1/reports?q={quote(TOLD)}"), {405}),
    "a wrong host": (lambda c: c.get("/", headers={"host": "zebraverdict.example"}), {400}),
    "a wrong form": (lambda c: c.post("/report/", {"step": "contact", "go": "next", "phone": "12",
                                                   "text": TOLD}), {200, 422}),
    "a wrong password": (lambda c: c.post("/sign-in/", {"name": NUMBER, "password": PASSWORD}), {422}),
    "an expired form": (lambda _c: Client(enforce_csrf_checks=True).post(
        f"/track/?q={quote(TOLD)}", {"text": TOLD}, headers={"referer": f"https://x/{quote(TOLD)}"}), {403}),
    "broken multipart": (lambda c: c.post("/report/", f"--x\r\n{TOLD}".encode(),
                                          "multipart/form-data; boundary=zebraverdict;;"), {200, 400, 422}),
    "too many fields": (lambda c: c.post("/report/", {f"{TOLD}{n}": TOLD for n in range(300)}), {400, 413}),
    "too large": (lambda c: c.post("/report/", {"text": TOLD * 500_000}), {400, 413}),
    "no JSON": (lambda c: c.post("/api/v1/reports", f'{{"text": "{TOLD}', "application/json"), {400}),
    "wrong fields": (lambda c: c.post("/api/v1/reports", {"text": 5, TOLD: NUMBER}, "application/json"), {422}),
    "a wrong receipt": (lambda c: c.get("/api/v1/report", headers={"Authorization": f"Receipt {NUMBER}"}), {404}),
    "a wrong session": (lambda c: (c.cookies.load({"s": "zebraverdict"}), c.get("/desk/"))[1], {302}),
    "a gateway with words": (lambda c: c.post("/sms/gateway/in", {"text": TOLD, "from": NUMBER}), {404}),
    "a file under its name": (lambda c: c.post("/api/v1/attachments", {"file": _file()}), {422}),
}  # fmt: skip


def _file() -> io.BytesIO:
    made = io.BytesIO(TOLD.encode())
    made.name = "zebraverdict.exe"
    return made


@pytest.mark.parametrize("what", REFUSED)
def test_promise_P30_what_is_refused(
    district: District, printed: Printed, browser: Client, what: str
) -> None:
    act, wanted = REFUSED[what]
    found: list[int] = []
    text = printed.since(lambda: found.append(act(browser).status_code))
    assert found[0] in wanted
    if found[0] in {403, 404, 405} and "API" not in what and "receipt" not in what:
        assert str(found[0]) in text, "a harmless mark is found"


@pytest.mark.django_db(transaction=True)  # workers close their connections
def test_promise_P30_jobs_and_the_clock(
    district: District, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that fails is kept with its fault, in plain text: without the words."""
    from django_tasks_db.models import DBTaskResult

    monkeypatch.setattr(reports, "drop_bytes", broken)
    drop_bytes.enqueue(hashes=["0" * 64])

    def work() -> None:
        call_command("db_worker", batch=True, reload=False, interval=0, verbosity=2)

    text = printed.since(work)
    assert "a job failed" in text
    assert "  ValueError\n" in text
    row = DBTaskResult.objects.get()
    assert row.exception_class_path.endswith("JobFailed")
    assert "ValueError" in row.traceback
    printed.clean(row.traceback)
    with pytest.raises(JobFailed):
        drop_bytes.func(hashes=[])

    stop = threading.Event()

    def away(**_named: object) -> None:
        stop.set()
        raise DatabaseError(f"Failing row contains ({TOLD}, {NUMBER})")

    monkeypatch.setattr(schedule.promises, "tick", away)
    text = printed.since(lambda: schedule.run(stop))
    assert "the scheduler waits for the database" in text
    assert "  DatabaseError\n" in text


class Carrier:
    """A link that breaks its word and quotes what it was given."""

    is_up = True

    class limits:
        at_once, parts, rate, media, reports_delivery = 1, 10, 1, False, False

    def send(self, outgoing: Any) -> Any:
        raise RuntimeError(f"cannot send {outgoing.text} to {outgoing.to}")


def test_promise_P30_texts_and_their_links(
    district: District, printed: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear(key=identifiers.new_key(), number=NUMBER, text=TOLD, repeats=None, at=district.at)
    text = printed.since(
        lambda: sms.deliver_due(transport=Carrier(), at=district.at)  # type: ignore[arg-type]
    )
    assert "the transport broke its promise" in text
    assert "RuntimeError" in text
    keeper = DatabaseInlet(wake=lambda: None)
    text = printed.since(lambda: keeper.unreadable(TOLD.encode(), f"deliver_sm: {TOLD}"))
    assert "unreadable data from the carrier (" in text
    monkeypatch.setattr(worker, "turn", broken)
    monkeypatch.setattr(worker, "_PAUSE", 0)
    text = printed.since(lambda: worker._turn(Carrier(), 1e12))  # type: ignore[arg-type]
    assert "a round of the text message worker failed" in text
    assert "ValueError" in text


LOUD = """
import sys, threading, warnings
from mohalla.site.wsgi import application
told = sys.stdin.read()
def fail(): raise ValueError("cannot store " + told)
class Gone:
    def __del__(self): fail()
one = threading.Thread(target=fail, name="harmless"); one.start(); one.join()
del one
Gone()
warnings.warn("deprecated: " + told)
import logging
logging.getLogger("other.program").error("could not send " + told)
logging.getLogger("other.program").error("could not send %s to %s, try %d", told, 923009998877, 3)
fail()
"""


def test_promise_P30_what_nobody_caught(tmp_path: Path, printed: Printed) -> None:
    """Threads, finalisers, warnings, other programs' loggers, the end of the process."""
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", LOUD], input=f"{TOLD} {NUMBER}", capture_output=True,
        text=True, check=False, cwd=ROOT, env=environment(tmp_path / "home"),
    )  # fmt: skip
    printed.clean(done.stdout + done.stderr)
    assert done.returncode == 1
    assert done.stderr.count("nobody caught this") == 3
    assert done.stderr.count("  ValueError\n") == 3
    assert "could not send … to …, try 3" in done.stderr
    assert "py.warnings" in done.stderr
    plain = subprocess.run(
        [sys.executable, "-c", LOUD.replace("from mohalla.site.wsgi import application", "")],
        input=TOLD, capture_output=True, text=True, check=False, cwd=ROOT,
        env=environment(tmp_path / "home"),
    )  # fmt: skip
    assert TOLD in plain.stderr, "without us it would have stood there"


def test_promise_P30_no_mail_and_no_statement_of_the_framework() -> None:
    """Its own handlers would mail a page of settings and forms, and print every statement."""
    from mohalla.site.settings import LOGGING

    handlers = {name: logger.get("handlers", []) for name, logger in LOGGING["loggers"].items()}  # type: ignore[attr-defined]
    assert handlers["django"] == handlers["django.server"] == []
    for name in ("", "django", "django.request", "django.security", "django.server"):
        kinds = [type(one).__name__ for one in logging.getLogger(name).handlers]
        assert "AdminEmailHandler" not in kinds


LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}


def test_promise_P30_each_sentence_of_ours_is_written_in_the_code() -> None:
    """Put together before, it would pass for a sentence: each is a literal, its values follow."""
    found = 0
    for path in sorted((ROOT / "src/mohalla").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of = node.func.value
            if isinstance(of, ast.Name) and of.id in {"_log", "log"} and node.func.attr in LEVELS:
                found += 1
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{path}:{node.lineno}"
    assert found > 15


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (TOLD, logs.HIDDEN), (TOLD.encode(), logs.HIDDEN), ([TOLD], logs.HIDDEN), ({1: TOLD}, logs.HIDDEN),
        (923009998877, logs.HIDDEN), (12345678901234567890, logs.HIDDEN), (17, 17), (0.5, 0.5),
        (None, None), (True, True), (ValueError(TOLD), "ValueError"), (ValueError, "ValueError"),
        (ConnectionRefusedError(111, TOLD), "ConnectionRefusedError ECONNREFUSED"),
    ],
    ids=str,
)  # fmt: skip
def test_promise_P30_which_values_may_be_shown(value: object, wanted: object) -> None:
    assert logs.shown(value) == wanted


def test_promise_P30_the_log_of_the_database(figure: Any) -> None:
    """PostgreSQL writes statements that fail or are slow, with their values: silenced it does not."""
    with fresh_database() as url, psycopg.connect(url, autocommit=True) as admin:
        log = _log_of(admin)
        admin.execute("create table told (words text, number int check (number < 5))")
        loud, quiet = "zebraloud", "zebraquiet"
        _failing_and_slow(url, loud)
        name = url.rpartition("/")[2]
        admin.execute(f'ALTER DATABASE "{name}" SET log_min_messages = fatal')
        _failing_and_slow(url, quiet)
        said = _read(admin, log)
    assert loud in said, "as it comes it writes them down"
    assert quiet not in said
    figure("PostgreSQL's own log: failing and slow statements leave no word once silenced")


def _log_of(admin: Any) -> str:
    row = admin.execute("select pg_current_logfile()").fetchone()[0]
    if row:
        return str(row)
    version = admin.info.server_version // 10000
    name = f"/var/log/postgresql/postgresql-{version}-main.log"
    try:
        admin.execute("select size from pg_stat_file(%s)", [name])
    except psycopg.Error:
        pytest.skip("where PostgreSQL writes its log is not known here")
    return name


def _read(admin: Any, name: str) -> str:
    size = admin.execute("select size from pg_stat_file(%s)", [name]).fetchone()[0]
    begun = max(0, size - 200_000)
    raw = admin.execute("select pg_read_binary_file(%s, %s, %s)", [name, begun, 200_000]).fetchone()
    return bytes(raw[0]).decode(errors="replace")


def _failing_and_slow(url: str, word: str) -> None:
    with psycopg.connect(url, autocommit=True) as link:
        link.execute("set log_min_duration_statement = 0")
        link.execute("insert into told values (%s, %s)", [word, 1])  # "slow"
        for words, number in ((word, 9), (word, word)):
            with pytest.raises(psycopg.Error):
                link.execute("insert into told values (%s, %s)", [words, number])
