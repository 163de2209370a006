"""The line on its SIP stack, called by sipp: prompts, keys, recordings, hang-ups, many at once, malice."""

from __future__ import annotations

import audioop
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.peers import sipp
from tests.web.test_sms_loop import AMINA, START

from mohalla.channels import missed
from mohalla.channels.missed import Missed
from mohalla.channels.voice import answer, speech, voices
from mohalla.channels.voice.address import VoiceAddress
from mohalla.channels.voice.port import Call
from mohalla.channels.voice.sip.call import SipCall
from mohalla.channels.voice.sip.line import SipLine
from mohalla.foundation import files
from mohalla.foundation.reports.models import Attachment, Report
from mohalla.site.demo import district
from mohalla.station.casework.models import Case

pytestmark = [
    pytest.mark.network,
    pytest.mark.enable_socket,
    pytest.mark.skipif(bool(sipp.missing()), reason=sipp.missing() or "-"),
    pytest.mark.skipif(not speech.is_here(), reason="espeak-ng is not here"),
]
PACE = answer.Pace(key=3, more=2, silence=2, longest=30)


class Opened:
    """A line that stands, and what its calls recorded."""

    def __init__(self, **more: Any) -> None:
        self.port = sipp.free_port()
        self.recorded: list[bytes] = []
        self.address = VoiceAddress("sip", "127.0.0.1", self.port, ring=0.2, **more)
        self.stop = threading.Event()
        self.line = SipLine(self.address, self._answered)
        self.thread = threading.Thread(target=self.line.run, args=(self.stop,), daemon=True)
        self.calls = 0

    def _answered(self, call: Call) -> None:
        record = call.record

        def kept(**how: float) -> Any:
            done = record(**how)
            self.recorded.append(done.wav)
            return done

        call.record = kept  # type: ignore[method-assign] # only to see what was written
        answer.answered(call, pace=PACE)
        self.calls += 1

    def open(self) -> None:
        self.thread.start()
        assert self.line.ready.wait(10)

    def close(self) -> None:
        self.stop.set()
        self.thread.join(20)
        assert not self.thread.is_alive()

    def wait(self, done: Callable[[], bool], seconds: float = 20) -> None:
        until = time.monotonic() + seconds
        while not done() and time.monotonic() < until:
            time.sleep(0.1)
        assert done()


@pytest.fixture
def home(transactional_db: None, settings: Any, tmp_path_factory: Any) -> None:
    settings.PROMPTS_DIR = tmp_path_factory.getbasetemp() / "prompts"
    district.build(since=START - timedelta(days=40))
    known = voices.now()
    for piece in voices.everything("ur"):
        known.pcm(piece, "ur")  # made before the first call, not in its midst


@pytest.fixture
def opened(home: None) -> Iterator[Opened]:
    line = Opened()
    line.open()
    yield line
    line.close()


TELL = ["wait 700", "key 1", "wait 1500", "key #", "wait 1500", "speak", "wait 7000", "key #"]


def test_a_prompt_is_heard_to_its_last_sample(opened: Opened, tmp_path: Path) -> None:
    ear = sipp.Receiver()
    prompt = audioop.lin2alaw(voices.now().said("greeting", "ur", {"emergency": "15"}), 2)
    steps = [f"wait {int(len(prompt) / 8 + 2500)}"]
    done = sipp.call(opened.port, steps, tmp_path, media=ear.port)
    assert done.returncode == 0, done.stderr
    heard = ear.close()
    assert len(prompt) > 8000
    assert prompt in heard


def test_keys_are_read_and_a_report_is_stored_byte_for_byte(opened: Opened, tmp_path: Path) -> None:
    done = sipp.call(opened.port, [*TELL, "wait 2500"], tmp_path)
    assert done.returncode == 0, done.stderr
    opened.wait(lambda: opened.calls == 1)
    report = Report.objects.get()
    assert report.door == "voice"
    stored = [files.read(row.sha256) for row in Attachment.objects.filter(report=report)]
    assert stored == opened.recorded[:1]
    said = audioop.alaw2lin(sipp.payloads(sipp.VOICE), 2)
    second = said[32000:48000]  # what sipp spoke, sample for sample
    assert second in stored[0]


@pytest.mark.parametrize("step", range(0, 10, 3))
def test_who_hangs_up_at_any_step_loses_nothing(opened: Opened, tmp_path: Path, step: int) -> None:
    steps = [*TELL, "wait 2500", "key 2"][:step]
    for ending in ("bye", "vanish"):
        sipp.call(opened.port, steps, tmp_path, ending=ending)
    opened.wait(lambda: opened.calls >= 1)
    spoke = step >= 7
    if spoke:
        opened.wait(lambda: Report.objects.count() >= 1)
    assert Attachment.objects.filter(report=None).count() == 0
    assert Report.objects.exists() == spoke
    again = sipp.call(opened.port, ["wait 1000"], tmp_path)
    assert again.returncode == 0  # the line stands


def test_a_call_that_is_given_up_before_it_is_taken_is_a_missed_call(
    home: None, tmp_path: Path, settings: Any
) -> None:
    settings.DANGER_NUMBER = "1789"
    told: list[Missed] = []
    before = missed._seat.registered()
    missed._seat.forget()
    missed.register(lambda *, missed, at: told.append(missed))
    line = Opened(missed=frozenset({"1788", "1789"}))
    line.open()
    try:
        for called in ("1788", "1789"):
            done = sipp.call(line.port, ["wait 1500"], tmp_path, ending="cancel", called=called)
            assert done.returncode == 0, done.stderr
        line.wait(lambda: len(told) == 2)
    finally:
        line.close()
        missed._seat.forget()
        if before:
            missed.register(before)
    assert {(one.number, one.line) for one in told} == {(AMINA, "help"), (AMINA, "danger")}
    assert len({one.key for one in told}) == 2
    assert line.calls == 0


def test_twenty_calls_at_once_are_twenty_reports(opened: Opened, tmp_path: Path) -> None:
    number = "+9230011[call_number]0001"
    done = sipp.call(opened.port, [*TELL, "wait 6000"], tmp_path, calls=20, rate=10, number=number)
    assert done.returncode == 0, done.stderr
    opened.wait(lambda: opened.calls == 20, 40)
    assert Report.objects.filter(door="voice").count() == Case.objects.count() == 20
    stored = sorted(files.read(row.sha256) for row in Attachment.objects.exclude(report=None))
    assert stored == sorted(wav for wav in opened.recorded if wav in set(stored))
    assert len(stored) == 20


def test_the_line_that_is_stopped_keeps_what_was_said(home: None, tmp_path: Path) -> None:
    line = Opened()
    line.open()
    caller = threading.Thread(target=sipp.call, args=(line.port, TELL, tmp_path), daemon=True)
    caller.start()
    time.sleep(8)
    line.close()
    assert Report.objects.count() == 1
    caller.join(30)


# --- malice, against a process of its own

SIP = b"""INVITE sip:1787@127.0.0.1 SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:%d;branch=z9hG4bK%d
From: <sip:+923001110001@127.0.0.1>;tag=%d
To: <sip:1787@127.0.0.1>
Call-ID: %d@x
CSeq: 1 INVITE
Contact: <sip:x@127.0.0.1:%d>
Max-Forwards: 70
Content-Type: application/sdp
Content-Length: 129

v=0
o=u 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio 9 RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
""".replace(b"\n", b"\r\n")


def hostile(drawn: random.Random, count: int) -> Iterator[bytes]:
    for number in range(count):
        whole = SIP % (drawn.randint(1, 70000), number, number, number, drawn.randint(0, 70000))
        kind = number % 6
        if kind == 0:
            yield drawn.randbytes(drawn.randint(0, 1400))
        elif kind == 1:
            yield whole[: drawn.randint(1, len(whole))]
        elif kind == 2:
            at = drawn.randrange(len(whole))
            yield whole[:at] + drawn.randbytes(drawn.randint(1, 40)) + whole[at:]
        elif kind == 3:
            yield whole.replace(
                b"Content-Length: 129", b"Content-Length: %d" % drawn.randint(-9, 10**12)
            )
        elif kind == 4:
            words = [b"INVITE", b"z9hG4bK", b"127.0.0.1", b"audio", b"PCMA", b"1787", b"SIP/2.0"]
            yield whole.replace(drawn.choice(words), b"A" * drawn.randint(0, 3000))
        else:
            method = drawn.choice([b"BYE", b"ACK", b"CANCEL", b"OPTIONS", b"REFER", b"\x00\xff"])
            yield whole.replace(b"INVITE", method)


def test_malformed_sip_and_rtp_do_not_end_the_line(tmp_path: Path) -> None:
    port, drawn = sipp.free_port(), random.Random(20261121)
    script = Path(__file__).parents[1] / "peers/line_alone.py"
    with subprocess.Popen([sys.executable, str(script), str(port)], stdout=subprocess.PIPE) as line:
        try:
            assert line.stdout is not None
            assert line.stdout.readline() == b"ready\n"
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
                for packet in hostile(drawn, 3000):
                    one.sendto(packet[:60000], ("127.0.0.1", port))
                    time.sleep(0.0005)
                for _each in range(3000):  # on every port of its sound, even and odd
                    rtp = bytes([drawn.choice([0x80, 0x90, 0xBF, 0x00]), drawn.randrange(256)])
                    goal = drawn.randrange(30000, 30020)
                    one.sendto(rtp + drawn.randbytes(drawn.randint(0, 400)), ("127.0.0.1", goal))
            assert line.poll() is None
            deadline = time.monotonic() + 60
            while True:  # invitations that were whole enough ring until they are given up
                done = sipp.call(port, ["wait 500", "key 1", "wait 500"], tmp_path, seconds=20)
                if done.returncode == 0 or time.monotonic() > deadline:
                    break
            assert done.returncode == 0, done.stderr[-500:]
            assert line.poll() is None
        finally:
            line.terminate()
            line.wait(20)


def test_the_stack_is_the_port(home: None) -> None:
    names = {name for name in vars(Call) if not name.startswith("_")}
    assert names <= set(dir(SipCall)) | {"key", "number"}
