"""The line of an Asterisk, against a stub of its side that keeps to its documentation."""

from __future__ import annotations

import os
import random
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.peers.asterisk_stub import Asterisk
from tests.telephone import HANG_UP, QUICK, Ear, Speak, speech
from tests.web.test_sms_loop import AMINA, START

from mohalla.channels.voice import speech as speaking
from mohalla.channels.voice.address import VoiceAddress
from mohalla.channels.voice.agi import server
from mohalla.channels.voice.agi.server import AgiLine
from mohalla.channels.voice.answer import answered
from mohalla.foundation import files
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Attachment, Report
from mohalla.site.demo import district

pytestmark = [
    pytest.mark.network,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not speaking.is_here(), reason="espeak-ng is not here"),
]
SECRET = "only-our-asterisk"


@pytest.fixture
def line(settings: Any, tmp_path: Path, tmp_path_factory: Any) -> Iterator[AgiLine]:
    settings.PROMPTS_DIR = tmp_path_factory.getbasetemp() / "prompts"
    district.build(since=START - timedelta(days=40))
    stop = threading.Event()
    address = VoiceAddress("agi", "127.0.0.1", 0, secret=SECRET, spool=tmp_path)
    opened = AgiLine(address, partial(answered, pace=QUICK))
    thread = threading.Thread(target=opened.run, args=(stop,), daemon=True)
    thread.start()
    assert opened.ready.wait(5)
    yield opened
    stop.set()
    thread.join(20)
    assert not thread.is_alive()


def test_a_report_by_an_asterisk_is_its_own_file_byte_for_byte(
    line: AgiLine, tmp_path: Path
) -> None:
    acts = ("1", Speak(speech(1, seed=1)), Speak(speech(1, seed=2)), "2", "3", HANG_UP)
    channel = Asterisk(line.port, acts, SECRET).call()
    report = Report.objects.get()
    assert reports.is_reached_at(report, AMINA)  # 0300… is the same telephone
    kept = Attachment.objects.filter(report=report).order_by("uploaded_at", "pk")
    assert [files.read(row.sha256) for row in kept] == channel.written
    heard = [Ear("ur").heard(pcm)[0] for pcm in channel.played[:2]]
    assert heard == ["greeting.1", "menu.1"] or heard[1] == "greeting.1"
    assert not list(tmp_path.glob("heard-*"))  # nothing that was said stays in the shared folder


def test_who_hangs_up_while_speaking_has_told(line: AgiLine) -> None:
    channel = Asterisk(line.port, ("1", Speak(speech(1, seed=3), hangs_up=True)), SECRET).call()
    assert (
        files.read(Attachment.objects.get(report=Report.objects.get()).sha256) == channel.written[0]
    )


def test_hanging_up_at_once_leaves_nothing_and_the_line_stands(line: AgiLine) -> None:
    Asterisk(line.port, (HANG_UP,), SECRET).call()
    Asterisk(line.port, ("1", HANG_UP), SECRET).call()
    assert not Report.objects.exists()


def test_without_the_secret_nothing_is_asked_of_a_channel(line: AgiLine) -> None:
    for script in ("", "wrong", SECRET + "x"):
        assert Asterisk(line.port, ("1",), script).call().asked == []


def test_whatever_is_sent_ends_only_its_own_connection(line: AgiLine) -> None:
    drawn = random.Random(21)
    for number in range(120):
        with socket.create_connection(("127.0.0.1", line.port), timeout=5) as one:
            head = f"agi_network_script: {SECRET}\nagi_callerid: {drawn.randbytes(8).hex()}\n\n"
            one.sendall(head.encode() if number % 2 else b"")
            one.sendall(drawn.randbytes(drawn.randint(0, 3000)))
    acts = ("1", Speak(speech(1, seed=4), hangs_up=True))
    for _each in range(50):  # until those connections are gone
        if Asterisk(line.port, acts, SECRET).call().asked:
            break
    assert Report.objects.count() == 1


def test_ten_at_once(line: AgiLine) -> None:
    acts = ("1", Speak(speech(1, seed=5), hangs_up=True))
    with ThreadPoolExecutor(10) as pool:
        made = [
            pool.submit(Asterisk(line.port, acts, SECRET, callerid=f"0300111000{n}").call)
            for n in range(10)
        ]
        for one in made:
            one.result(60)
    assert Report.objects.count() == 10


def test_what_nobody_fetched_is_swept_after_a_day(tmp_path: Path) -> None:
    old, new = tmp_path / "heard-a.wav", tmp_path / "heard-b.wav"
    for path in (old, new, tmp_path / "other.wav"):
        path.write_bytes(b"x")
    os.utime(old, (1, 1))
    os.utime(tmp_path / "other.wav", (1, 1))
    assert server.sweep(tmp_path) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"heard-b.wav", "other.wav"}
