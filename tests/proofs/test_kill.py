"""What was acknowledged is there, whatever is killed at whatever moment.

`PROOF_ROUNDS` and `PROOF_REQUESTS` make it long, `PROOF_SEED` repeats a run.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any

import psycopg
import pytest
from tests.proofs.conftest import POSTGRES
from tests.proofs.home import Home, port_open

from mohalla.foundation.ledger.rules.notes import Verifier
from mohalla.stages.access.rules import filing

pytestmark = [pytest.mark.proof, pytest.mark.network, pytest.mark.enable_socket]
ROUNDS = int(os.environ.get("PROOF_ROUNDS", "2"))
REQUESTS = int(os.environ.get("PROOF_REQUESTS", "60"))
SEED = int(os.environ.get("PROOF_SEED", "1787"))
CATEGORIES = ("street_light", "bribe", "theft", "")
THREADS = 8
REPORT, CASE = ("reports_report", "id"), ("casework_case", "report_id")
REFERENCES = (
    ("reports_contact", "report_id", REPORT), ("casework_case", "report_id", REPORT),
    ("casework_recipient", "case_id", CASE), ("casework_stagemove", "case_id", CASE),
)  # fmt: skip


def body(number: int) -> dict[str, Any]:
    return {"text": f"Report number {number} of the proof", "category": CATEGORIES[number % 4],
            "place": {"mohalla": "gul-bagh"}, "language": "en"}  # fmt: skip


def post(home: Home, key: str, number: int) -> dict[str, Any] | None:
    """The acknowledgement, or None where none came."""
    try:
        status, answer = home.call("/api/v1/reports", body(number), timeout=10,
                                   headers={"Idempotency-Key": key})  # fmt: skip
    except (OSError, HTTPException, ValueError):
        return None
    if status >= 500:
        return None  # refused, not acknowledged
    assert status == 201, (status, answer)
    return answer


def rows(home: Home, sql: str) -> list[tuple[Any, ...]]:
    """Straight from the database, past the product."""
    url = home.environment.get("DATABASE_URL")
    if url:
        with psycopg.connect(url) as link:
            return link.execute(sql).fetchall()
    with sqlite3.connect(f"file:{home.folder}/mohalla.sqlite3?mode=ro", uri=True) as link:
        return link.execute(sql).fetchall()


def storm(home: Home, keys: dict[str, int], chance: random.Random) -> dict[str, dict[str, Any]]:
    """Send all at once; in the middle kill every process of the tree, in random order."""
    acknowledged: dict[str, dict[str, Any]] = {}
    some_came, killed = threading.Event(), threading.Event()

    def send(key: str) -> None:
        if killed.is_set():
            return
        answer = post(home, key, keys[key])
        if answer is not None:
            acknowledged[key] = answer
            some_came.set()

    with ThreadPoolExecutor(THREADS) as pool:
        sent = [pool.submit(send, key) for key in keys]
        some_came.wait(15)
        time.sleep(chance.uniform(0, 0.4))
        victims = home.tree()
        chance.shuffle(victims)
        home.kill(victims)
        killed.set()
        for one in sent:
            one.result()
    assert home.gone(victims, within=10), "a process survived its kill"
    return acknowledged


def test_promise_P04_P15_acknowledged_means_there_and_proved(
    home: Home, figure: Callable[[str], None]
) -> None:
    chance = random.Random(SEED)
    print(f"seed {SEED}, {ROUNDS} rounds of {REQUESTS}")
    loaded = home.run("demo", "load")
    assert loaded.returncode == 0, loaded.stderr
    before = rows(home, "SELECT count(*) FROM reports_report")[0][0]
    known: dict[str, dict[str, Any]] = {}
    interrupted = 0
    home.start()
    for number in range(ROUNDS):
        keys = {f"proof-{SEED}-{number}-{item:06d}": item for item in range(REQUESTS)}
        first = storm(home, keys, chance)
        interrupted += len(keys) - len(first)
        assert_whole(home, {answer["reference"] for answer in first.values()})
        home.start()
        with ThreadPoolExecutor(THREADS) as pool:
            answers = pool.map(post, [home] * len(keys), keys, keys.values())
            second = dict(zip(keys, answers, strict=True))
        for key, answer in second.items():
            assert answer is not None, f"{key} was refused after the restart"
            if key in first:
                assert answer["reference"] == first[key]["reference"]
                assert answer["receipt"] == first[key]["receipt"]
            known[key] = answer
        sample = chance.choice(list(known.values()))
        status, seen = home.call(
            "/api/v1/report", headers={"Authorization": f"Receipt {sample['receipt']}"}
        )
        assert (status, seen["reference"]) == (200, sample["reference"])
    proved = assert_proved(home, known)
    home.kill(home.tree())
    references = [answer["reference"] for answer in known.values()]
    assert Counter(references).most_common(1)[0][1] == 1, "two keys share one report"
    assert_whole(home, set(references))
    assert rows(home, "SELECT count(*) FROM reports_report")[0][0] == before + len(known)
    assert interrupted > 0, "the kill came too late to prove anything"
    database = "PostgreSQL" if POSTGRES else "SQLite"
    figure(
        f"{database}: {ROUNDS} kills of every process in {len(known)} filings, {interrupted} cut off;"
        f" 0 acknowledged lost, 0 doubled, {proved} of {len(known)} receipts verify offline"
    )


FILES = """
import json, sys, django; django.setup()
from mohalla.stages.access.queries import proved
from mohalla.station.casework.models import Case
wanted = json.load(sys.stdin)
files = {case.reference: proved.of(case).file
         for case in Case.objects.filter(reference__in=wanted).select_related("report")}
json.dump(files, sys.stdout)
"""


def assert_proved(home: Home, known: dict[str, dict[str, Any]]) -> int:
    """Every acknowledgement is signed, and within a minute its act stands in the log."""
    until = time.monotonic() + 60
    while rows(home, "SELECT count(*) FROM ledger_entry WHERE position IS NULL")[0][0]:
        assert time.monotonic() < until, "not laid into the log within a minute"
        time.sleep(0.5)
    time.sleep(2)  # the last round still writes its files
    key = Verifier.parse(home.run("log", "key").stdout)
    answers = {answer["reference"]: answer for answer in known.values()}
    files: dict[str, str] = {}
    names = sorted(answers)
    for start in range(0, len(names), 500):
        done = home.python(FILES, given=json.dumps(names[start : start + 500]))
        assert done.returncode == 0, done.stderr[-2000:]
        files |= json.loads(done.stdout)
    for reference, answer in answers.items():
        acknowledged = filing.verify(answer["acknowledgement"], key)
        found = filing.verify(files[reference], key)
        assert found.filing == acknowledged.filing
        assert found.position is not None, reference
    check = home.run("log", "check")
    assert check.returncode == 0, check.stdout[-2000:]
    return len(files)


def assert_whole(home: Home, references: set[str]) -> None:
    """Every acknowledged report is there with all that belongs to it; none is there by half."""
    stored = {row[0] for row in rows(home, "SELECT reference FROM reports_report")}
    assert references <= stored, f"lost: {references - stored}"
    cases = {row[0] for row in rows(home, "SELECT reference FROM casework_case")}
    assert cases == stored
    moved = {row[0] for row in rows(
        home, "SELECT c.reference FROM casework_case c JOIN casework_stagemove m"
        " ON m.case_id = c.report_id WHERE m.to_stage = 'received'")}  # fmt: skip
    assert moved == stored
    for kind in ("acknowledge", "contact", "outcome"):
        owed = rows(home, f"SELECT subject FROM promises_promise WHERE kind = '{kind}'")
        assert stored <= {row[0] for row in owed}, kind
    ownerless = rows(home, "SELECT count(*) FROM promises_promise WHERE unit_id IS NULL")
    assert ownerless[0][0] == 0
    for table, column, target in REFERENCES:  # the database does not check these
        torn = rows(
            home,
            f"SELECT count(*) FROM {table} t WHERE t.{column} IS NOT NULL AND NOT"
            f" EXISTS (SELECT 1 FROM {target[0]} o WHERE o.{target[1]} = t.{column})",
        )
        assert torn[0][0] == 0, (table, column)
    entered = rows(home, "SELECT subject FROM ledger_entry WHERE what = 'report received'")
    assert stored <= {row[0] for row in entered}


@pytest.mark.skipif(POSTGRES, reason="the same on both databases: run with SQLite")
def test_start_and_stop(home: Home) -> None:
    """No child outlives its supervisor, no second start, and a clean end."""
    supervisor = home.start()
    second = home.run("up")
    assert second.returncode == 1
    assert "another mohalla is running" in second.stderr
    assert str(home.folder) in second.stderr
    assert "Traceback" not in second.stderr

    family = home.tree()
    assert len(family) >= 6
    home.kill([supervisor.pid])
    assert home.gone(family, within=10), "a child outlived the supervisor"

    supervisor = home.start()
    family = home.tree()
    middle = [pid for pid in family[1:] if len(children(home, pid)) > 0]
    home.kill([*middle, supervisor.pid])  # the master of the web workers goes first
    assert home.gone(family, within=10), "a web worker outlived its master and the supervisor"

    supervisor = home.start()
    family, began = home.tree(), time.monotonic()
    supervisor.send_signal(signal.SIGTERM)
    assert supervisor.wait(10) == 0
    assert time.monotonic() - began < 10
    assert home.gone(family, within=2)
    assert not port_open(home.port)


def children(home: Home, pid: int) -> list[int]:
    inner = Home(home.folder)
    inner.process = type("Pid", (), {"pid": pid})()  # type: ignore[assignment]
    return inner.tree()[1:]
