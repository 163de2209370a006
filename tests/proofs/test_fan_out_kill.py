"""A fan-out that is killed again and again: nobody is passed over, at most one batch goes twice each time.

`PROOF_KILLS` makes it long, `PROOF_SEED` repeats a run. What arrived is written down by the carrier's
side of a stub, in the process that is killed, before it answers.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.postgres import ROOT
from tests.proofs.home import Home

pytestmark = [pytest.mark.proof, pytest.mark.network, pytest.mark.enable_socket]
KILLS = int(os.environ.get("PROOF_KILLS", "6"))
SEED = int(os.environ.get("PROOF_SEED", "1787"))
PEOPLE, BATCH = 3_000, 100

MAKE = """
import django; django.setup()
from datetime import timedelta
from mohalla.channels.notices import actions
from mohalla.channels.notices.models import Subscriber
from mohalla.foundation import clock, identifiers, seal
from mohalla.foundation.places.models import Place
at, people = clock.now(), %(people)d
areas = [Place.objects.create(code=f"m{n}", kind="mohalla", name_en=f"M{n}", valid_from=at.date(),
                              source="x", licence="x") for n in range(3)]
rows = []
for n in range(people):
    number = f"+92300{n:07d}"
    rows.append(Subscriber(area=areas[n %% 3], door="sms", lookup=identifiers.contact_lookup(number),
                           address=seal.seal(number), language="ur", since=at, asked_by="sms"))
Subscriber.objects.bulk_create(rows)
actions.begin(subject="A22", kind="danger", texts={"ur": "x", "en": "x", "ps": "x"},
              areas=[one.pk for one in areas], expires_at=at + timedelta(hours=1), at=at)
"""
RUN = """
import sys, os, time
import django; django.setup()
from datetime import timedelta
from mohalla.channels.notices import actions
from mohalla.channels.notices.rules import batches
from mohalla.channels.notices.models import Broadcast
from mohalla.channels.sms import actions as sms
from mohalla.channels.sms.models import Delivery
from mohalla.channels.sms.port import Accepted, Limits
from mohalla.channels.sms.rules import retries
from mohalla.foundation import clock
batches.MOST, batches.LEASE = %(batch)d, timedelta(seconds=1)
retries.LEASE = timedelta(seconds=1)
arrived = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
class Carrier:
    limits = Limits(parts=10, media=False, at_once=2, rate=0, reports_delivery=False)
    is_up = True
    def send(self, outgoing, /):
        os.write(arrived, (outgoing.to + ("" if outgoing.key else "*") + "\\n").encode())
        time.sleep(0.001)
        return Accepted(("c",))
carrier = Carrier()
while True:
    at = clock.now()
    done = actions.turn(transport=carrier, at=at) + sms.deliver_due(transport=carrier, at=at)
    owed = Delivery.objects.filter(state__in=("waiting", "sending"))
    if not done and Broadcast.objects.exclude(ended_at=None).exists() and not owed.exists():
        break
    if not done:
        time.sleep(0.05)
"""


def test_a_fan_out_that_is_killed_tells_everybody(
    home: Home, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    chance = random.Random(SEED)
    environment = home.environment | {"DJANGO_SETTINGS_MODULE": "mohalla.site.settings"}
    assert home.run("migrate").returncode == 0
    made = subprocess.run(
        [sys.executable, "-c", MAKE % {"people": PEOPLE}], env=environment, cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    killed, before, worst = 0, Counter[str](), 0
    for number in range(KILLS * 3):
        came = tmp_path / f"run-{number}"
        with subprocess.Popen(
            [sys.executable, "-c", RUN % {"batch": BATCH}, str(came)], env=environment, cwd=ROOT
        ) as process:
            while not came.exists() and process.poll() is None:
                time.sleep(0.01)
            if killed < KILLS:
                time.sleep(chance.uniform(0.05, 0.9))
                process.send_signal(signal.SIGKILL)
            process.wait(120)
            killed += process.returncode == -signal.SIGKILL
        lines = came.read_text().split()
        straight = [line for line in lines if not line.endswith("*")]
        assert len(set(straight)) == len(straight), "one run repeats nothing"
        worst = max(worst, sum(1 for line in straight if line in before))
        assert worst <= BATCH, "more than one batch was repeated"
        before.update(line.rstrip("*") for line in lines)
        if process.returncode == 0:
            break
    assert process.returncode == 0
    assert killed >= min(KILLS, 2), "it ended before it was killed"
    assert set(before) == {f"+92300{n:07d}" for n in range(PEOPLE)}, "somebody was passed over"
    repeats = sum(before.values()) - PEOPLE
    assert repeats <= killed * BATCH
    figure(
        f"{PEOPLE} subscribers, {killed} kills, batches of {BATCH}: none passed over,"
        f" at most {worst} told twice after a kill"
    )
