"""Killed in the middle of each call that writes: what was said to be there is there.

`strace` sends SIGKILL at the n-th such call of a process. `PROOF_CUTS` makes it long.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.proofs.conftest import POSTGRES
from tests.proofs.home import Home

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(not shutil.which("strace"), reason="strace is not here"),
    pytest.mark.skipif(POSTGRES, reason="our own writes are the same; PostgreSQL has its own"),
]
CUTS = int(os.environ.get("PROOF_CUTS", "12"))
SEED = int(os.environ.get("PROOF_SEED", "1787"))
CALLS = "write,pwrite64,fsync,fdatasync,rename,renameat2,openat,unlink,ftruncate,link,linkat,mkdir"
ACCEPT = """
import django; django.setup()
from mohalla.foundation import clock
from mohalla.foundation.reports.submission import Submission
from mohalla.stages.access.actions import accept
from mohalla.site import schedule
for number in range(4):
    done = accept(submission=Submission(door="web", text="words", category="street_light",
                  place="gul-bagh"), at=clock.now())
    print(done.reference, flush=True)
    schedule.lay(at=clock.now())
"""
PROBE = """
import django; django.setup()
from mohalla.foundation import clock
from mohalla.foundation.ledger import queries
from mohalla.site import schedule
from mohalla.foundation.promises.models import Promise
from mohalla.station.casework.models import Case
schedule.lay(at=clock.now())
for case in Case.objects.all():
    assert Promise.objects.filter(subject=case.reference, kind="contact").count() >= 1
    print(case.reference)
assert list(queries.differences()) == []
assert not queries.Entry.objects.filter(position=None).exists()
"""


def cut(home: Home, name: str, number: int) -> tuple[list[str], bool]:
    """Run it, killed at that call of this name; what it said before, and whether it was killed."""
    settings = {"DJANGO_SETTINGS_MODULE": "mohalla.site.settings"}
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={CALLS}",
         "-e", f"inject={name}:signal=KILL:when={number}", sys.executable, "-B", "-c", ACCEPT],
        env=home.environment | settings, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.stdout.split(), done.returncode != 0


def calls_of(home: Home, folder: Path) -> list[tuple[str, int]]:
    """Each such call of a whole run, as its name and number, from the first on the database on."""
    settings = {"DJANGO_SETTINGS_MODULE": "mohalla.site.settings"}
    trace = folder / "trace"
    subprocess.run(
        ["strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={CALLS}", sys.executable, "-B",
         "-c", ACCEPT],
        env=home.environment | settings, capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    counted: Counter[tuple[str, str]] = Counter()
    found, begun = [], False
    for line in trace.read_text().splitlines():
        process, call = line.split(maxsplit=1)
        name = call.partition("(")[0]
        if name not in CALLS.split(","):
            continue
        counted[process, name] += 1
        begun = begun or "mohalla.sqlite3" in line
        if begun:
            found.append((name, counted[process, name]))
    return found


def test_promise_P15_cut_at_each_call_that_writes(
    home: Home, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    assert home.run("demo", "load").returncode == 0
    calls = calls_of(home, tmp_path)
    chance = random.Random(SEED)
    places = chance.sample(calls, min(CUTS, len(calls)))
    said: set[str] = set()
    killed = 0
    for number, place in enumerate(places):
        told, died = cut(home, *place)
        said |= set(told)
        killed += died
        if number % 5 == 4:
            _all_there(home, said)
    _all_there(home, said)
    assert killed >= len(places) // 2, "hardly anything was killed; this proves nothing"
    figure(f"killed at {killed} of {len(places)} drawn calls (of {len(calls)}): 0 acknowledged"
           f" lost of {len(said)}, log and rows agree")  # fmt: skip


def _all_there(home: Home, said: set[str]) -> None:
    found = home.python(PROBE)
    assert found.returncode == 0, found.stderr[-2000:]
    stored = found.stdout.split()
    assert said <= set(stored), f"lost: {said - set(stored)}"
    assert len(stored) == len(set(stored))
