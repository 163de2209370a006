"""One channel of an Asterisk as our port has it: one command, one answer, over one connection.

Asterisk plays and writes files itself: both sides open the same folder, the spool.
Commands and answers: https://docs.asterisk.org/Configuration/Interfaces/Asterisk-Gateway-Interface-AGI/
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import IO
from uuid import uuid4

from mohalla.channels.voice.port import Ended, HungUp, Recorded
from mohalla.channels.voice.rules import callers, sound
from mohalla.foundation import durable

LONGEST_LINE = 2048
MOST_HEADERS = 100
MOST_FILE = 8 * 1024 * 1024  # of one recording; three minutes are less than three
_RESULT = re.compile(r"200 result=(-?\d+)(?: \((\w+)\))?")
_KEYS = '"0123456789*#"'


class NoAgi(Exception):
    """What came is not what an Asterisk says."""


def headers(lines: IO[bytes]) -> dict[str, str]:
    """`agi_callerid: …` up to the empty line. Raises NoAgi."""
    found: dict[str, str] = {}
    for _each in range(MOST_HEADERS):
        line = lines.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise NoAgi
        name, colon, value = line.decode("utf-8", "replace").strip().partition(":")
        if not name:
            return found
        if not colon or not name.startswith("agi_"):
            raise NoAgi
        found[name] = value.strip()
    raise NoAgi


class AgiCall:
    """`lines`, `out`: the connection. It is taken when this is made."""

    def __init__(
        self, told: Mapping[str, str], lines: IO[bytes], out: IO[bytes], spool: Path
    ) -> None:
        self.key = str(uuid4())  # theirs begins anew when they are started again
        self.number = callers.number_of(told.get("agi_callerid", ""))
        self._lines, self._out, self._spool = lines, out, spool
        self._over = False
        self.command("ANSWER")

    def play(self, pcm: bytes) -> str:
        path = self._spool / f"say-{hashlib.sha256(pcm).hexdigest()[:32]}.wav"
        if not path.exists():
            durable.replace(path, sound.wav_of(pcm))
            path.chmod(0o644)
        result, _how = self.command(f"STREAM FILE {path.with_suffix('')} {_KEYS}")
        return _key(result)

    def wait_key(self, seconds: float) -> str:
        result, _how = self.command(f"WAIT FOR DIGIT {int(seconds * 1000)}")
        return _key(result)

    def record(self, *, most: float, silence: float) -> Recorded:
        """Asterisk's own file, byte for byte."""
        path = self._spool / f"heard-{self.key}-{uuid4().hex[:8]}.wav"
        ended: Ended = "hung_up"
        with contextlib.suppress(HungUp):
            result, how = self.command(
                f'RECORD FILE {path.with_suffix("")} wav "#" {int(most * 1000)} s={max(1, round(silence))}'
            )
            ended = "key" if _key(result) else "limit" if how == "timeout" else "silence"
            if how == "hangup":
                ended = "hung_up"
        wav = _taken(path)
        try:
            audible = sound.audible(sound.pcm_of(wav))
        except sound.NotSound:
            audible = False
        self._over = self._over or ended == "hung_up"
        return Recorded(wav=wav, ended=ended, audible=audible)

    def hang_up(self) -> None:
        if not self._over:
            with contextlib.suppress(HungUp):
                self.command("HANGUP")
        self._over = True

    def command(self, words: str) -> tuple[int, str]:
        """The result and the word beside it. Raises HungUp."""
        if self._over:
            raise HungUp
        try:
            self._out.write(words.encode() + b"\n")
            self._out.flush()
            return self._answer()
        except (OSError, ValueError):
            self._over = True
            raise HungUp from None

    def _answer(self) -> tuple[int, str]:
        hung_up = False
        for _each in range(MOST_HEADERS):
            line = self._lines.readline(LONGEST_LINE)
            if not line:
                break
            said = line.decode("utf-8", "replace").strip()
            if said == "HANGUP":  # comes unasked; the answer to the command still follows
                self._over = hung_up = True
                continue
            found = _RESULT.match(said)
            if found is None:
                if said.startswith("100"):
                    continue
                break
            result, how = int(found[1]), found[2] or ""
            if result == -1 or hung_up:
                self._over = True
                if how not in {"hangup", "timeout", "dtmf"}:
                    raise HungUp
            return result, how
        self._over = True
        raise HungUp


def _key(result: int) -> str:
    return chr(result) if 0 < result < 128 and chr(result) in _KEYS else ""


def _taken(path: Path) -> bytes:
    """Read, and away with it: it is kept where reports are kept."""
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_FILE)
    except OSError:
        return b""
    path.unlink(missing_ok=True)
    return content
