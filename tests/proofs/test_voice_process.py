"""The line as `mohalla up` runs it: a process of its own, killed in a call, and silent about numbers."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from tests.homes import environment, mohalla
from tests.peers import sipp
from tests.postgres import ROOT

from mohalla.channels.voice import speech
from mohalla.site import supervisor
from mohalla.site.options import Options

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(bool(sipp.missing()), reason=sipp.missing() or "-"),
    pytest.mark.skipif(not speech.is_here(), reason="espeak-ng is not here"),
]
NUMBER = "+923214567890"
TELL = ["wait 900", "key 1", "wait 2000", "key #", "wait 1500", "speak", "wait 7000", "key #"]


def test_there_is_such_a_process_only_where_a_line_is_set() -> None:
    assert "voice" not in [child.name for child in supervisor.commands(Options(voice=""))]
    with_line = supervisor.commands(Options(voice="sip://127.0.0.1:5060"))
    assert "voice" in [child.name for child in with_line]


class Worker:
    def __init__(self, home: Path, port: int) -> None:
        self.log = (home / f"voice-{time.monotonic_ns()}.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mohalla.site.worker", "voice"], cwd=ROOT,
            env=environment(
                home, MOHALLA_VOICE=f"sip://127.0.0.1:{port}/?ring=0",
                MOHALLA_SUPERVISOR=str(os.getpid()),
            ),
            stdout=self.log, stderr=subprocess.STDOUT,
        )  # fmt: skip


def count(home: Path, table: str) -> int:
    with closing(sqlite3.connect(home / "mohalla.sqlite3")) as opened:
        return int(opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def tried(port: int, folder: Path, steps: list[str], seconds: float = 40) -> None:
    until = time.monotonic() + 60
    while sipp.call(port, steps, folder, number=NUMBER, seconds=seconds).returncode:
        assert time.monotonic() < until, "the line does not answer"
        time.sleep(1)


def test_what_was_acknowledged_outlives_the_process_and_no_log_holds_a_number(
    tmp_path: Path,
) -> None:
    home, port = tmp_path / "home", sipp.free_port()
    loaded = mohalla("demo", "load", home=home)
    assert loaded.returncode == 0, loaded.stderr
    before = count(home, "reports_report")
    worker = Worker(home, port)
    try:
        tried(port, tmp_path, ["wait 500"])  # until it stands
        told = threading.Thread(
            target=sipp.call, args=(port, [*TELL, "wait 9000"], tmp_path),
            kwargs={"number": NUMBER, "ending": "vanish"}, daemon=True,
        )  # fmt: skip
        told.start()
        until = time.monotonic() + 40
        while count(home, "reports_report") == before and time.monotonic() < until:
            time.sleep(0.2)
        assert count(home, "reports_report") == before + 1
        worker.process.send_signal(signal.SIGKILL)  # while the number is being said
        worker.process.wait(10)
        told.join(40)
        worker = Worker(home, port)
        tried(port, tmp_path, ["wait 500"])
        assert count(home, "reports_report") == before + 1
        assert count(home, "reports_attachment WHERE media_type = 'audio/wav'") >= 1
    finally:
        worker.process.terminate()
        worker.process.wait(20)
    logs = b"".join(path.read_bytes() for path in home.glob("voice-*.log"))
    assert NUMBER[1:].encode() not in logs
    assert b"214567890" not in logs
