"""P29: what protects people is not switched off quietly: real starts, refused with their reason."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.homes import COMMAND, environment, mohalla, python
from tests.postgres import ROOT

from mohalla.foundation.jobs import retention
from mohalla.site import upheld

NO_OUTSIDE = """
import sys, django; django.setup()
from mohalla.foundation.units.models import Unit
from mohalla.foundation.units.actions import changed
Unit.objects.filter(code="mohtasib").update(kind=sys.argv[1])
"""
AGREE = """
import sys, django; django.setup()
from mohalla.foundation import clock
from mohalla.foundation.approvals import actions, queries
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.approvals.rules.hands import Hand
from mohalla.foundation.people.models import Officer
from mohalla.foundation.units.models import Unit
row = Approval.objects.latest("asked_at")
for belt, code in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        actions.answer(approval=row, yes=True, seen=queries.digest_of(row), at=clock.now(),
                       hand=Hand(officer=Officer.objects.get(belt=belt).pk,
                                 unit=Unit.objects.get(code=code).pk))
        print("yes")
    except actions.ApprovalRefused as refused:
        print(refused.reason)
"""
KEPT = """
import django; django.setup()
from mohalla.foundation.ledger.models import Entry
rows = Entry.objects.filter(room="settings").order_by("at", "pk")
print(*[row.what for row in rows], sep=chr(10))
"""


def start(home: Path, **more: str) -> str:
    """`mohalla up`, outside the demonstration: what it says; ended as soon as it serves."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    told = {"MOHALLA_DEMO": "0", "MOHALLA_PORT": port, "MOHALLA_WEB_WORKERS": "1"} | more
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, "up"], env=environment(home, **told), cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("mohalla: http://"):
                time.sleep(0.5)  # its children get their tether first
                process.terminate()
    return "".join(lines)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("upheld")
    assert mohalla("demo", "load", home=made).returncode == 0
    return made


UNSAFE = {
    "MOHALLA_DEBUG is on": {"MOHALLA_DEBUG": "1"},
    "MOHALLA_APPROVAL_BODIES is less than 2": {"MOHALLA_APPROVAL_BODIES": "1"},
    "MOHALLA_WITNESS_QUORUM asks for more witnesses": {"MOHALLA_WITNESS_QUORUM": "2"},
    "passwords are hashed so weakly": {"DJANGO_SETTINGS_MODULE": "tests.peers.weak_passwords"},
}


def test_promise_P29_an_unsafe_start_is_refused_with_its_reason(
    home: Path, figure: Callable[[str], None]
) -> None:
    for reason, more in UNSAFE.items():
        said = start(home, **more)
        assert reason in said, said
        assert "not started" in said
        assert "http://" not in said
    python(NO_OUTSIDE, "rpo", home=home)
    said = start(home)
    assert "no body outside the force is configured" in said
    assert "not started" in said
    python(NO_OUTSIDE, "independent", home=home)
    sound = start(home)  # the positive twin of all five
    assert "mohalla: http://127.0.0.1" in sound, sound
    figure(f"{len(UNSAFE) + 1} unsafe starts refused, each with its reason; mended it starts")


def test_promise_P29_weaker_needs_two_bodies_and_stronger_is_written_down(
    home: Path, figure: Callable[[str], None]
) -> None:
    asked_for = ("settings", "ask", "MOHALLA_IDLE_MINUTES", "60", "--reason", "long shifts")
    longer = {"MOHALLA_IDLE_MINUTES": "60"}
    assert "http://" in start(home)
    said = start(home, **longer)
    assert "MOHALLA_IDLE_MINUTES is 60 and was accepted as 30: that weakens promise P08" in said
    assert 'mohalla settings ask "MOHALLA_IDLE_MINUTES" 60' in said
    assert "http://" not in said
    assert mohalla(*asked_for, home=home).returncode == 0
    assert "not asked: waiting" in mohalla(*asked_for, home=home).stderr
    stronger = mohalla("settings", "ask", "MOHALLA_IDLE_MINUTES", "20", "--reason", "x", home=home)
    assert "nobody need be asked" in stronger.stderr
    one = python(
        AGREE, "M-001", "mohtasib", "M-002", "mohtasib", "D-001", "dpo-sangbagh", home=home
    )
    assert one.stdout.split() == ["yes", "same_body", "desk"], one.stderr
    assert "http://" not in start(home, **longer), "one body is not enough"
    two = python(AGREE, "R-001", "rpo-noorgarh", home=home)
    assert two.stdout.split() == ["yes"], two.stderr
    assert "http://" not in start(home, MOHALLA_IDLE_MINUTES="61"), "only what was asked for"
    allowed = start(home, **longer)
    assert "accepted and written down: MOHALLA_IDLE_MINUTES 60" in allowed, allowed
    assert "http://" in start(home, **longer)
    back = start(home)
    assert "accepted and written down: MOHALLA_IDLE_MINUTES 30" in back
    assert "http://" not in start(home, **longer), "one approval allows one change"
    kept = python(KEPT, home=home).stdout.split("\n")
    assert kept[:-1] == [
        "settings accepted", "approval asked", "approval given", "approval given",
        "setting allowed", "settings accepted", "settings accepted",
    ]  # fmt: skip
    figure(f"{len(upheld.LIST)} settings and figures held against the ledger at each start")


def test_promise_P29_each_setting_knows_which_way_is_weaker() -> None:
    names = [row.name for row in upheld.LIST]
    assert len(names) == len(set(names))
    assert {f"kept {name}"[:40] for name in retention.TABLE} <= set(names)
    for row in upheld.LIST:
        now = row.value()
        assert row.weaker(now - 1, now) == row.lower
        assert row.weaker(now + 1, now) != row.lower
        assert not row.weaker(now, now)
        assert row.promise.startswith("P")
