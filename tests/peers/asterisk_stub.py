"""Asterisk's side of FastAGI, as its documentation has it: it connects, tells, and does what is asked.

It plays from the spool what is really there, writes recordings of its own into it (a wav file as
Asterisk's `wav` format is), answers `200 result=…`, tells a hang-up with a line `HANGUP`, and answers
511 to whatever is asked of a channel that is gone. Not tried: a real one.
"""

from __future__ import annotations

import io
import re
import socket
import wave
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.telephone import HANG_UP, Act, Speak


@dataclass
class Asterisk:
    """One channel. `acts` as for `tests/telephone.py`; `played` and `written` are what went through."""

    port: int
    acts: Sequence[Act]
    script: str
    callerid: str = "03001110001"
    extension: str = "1787"
    played: list[bytes] = field(default_factory=list)
    written: list[bytes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    gone: bool = False

    def call(self) -> Asterisk:
        self._left = list(self.acts)
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as link:
            lines = link.makefile("rb")
            told = {
                "network": "yes", "network_script": self.script, "request": f"agi://x/{self.script}",
                "channel": "PJSIP/trunk-00000001", "language": "en", "type": "PJSIP",
                "uniqueid": "1795290283.1", "callerid": self.callerid, "calleridname": "unknown",
                "extension": self.extension, "priority": "1", "enhanced": "0.0", "accountcode": "",
            }  # fmt: skip
            link.sendall("".join(f"agi_{k}: {v}\n" for k, v in told.items()).encode() + b"\n")
            for line in lines:
                command = line.decode().strip()
                self.asked.append(command)
                link.sendall((self._do(command) + "\n").encode())
                if command == "HANGUP":
                    break
        return self

    def _do(self, command: str) -> str:
        if self.gone:
            return "511 Command Not Permitted on a dead channel or intercept routine"
        if command == "ANSWER":
            return "200 result=0"
        if command == "HANGUP":
            self.gone = True
            return "200 result=1"
        if found := re.fullmatch(r'STREAM FILE (\S+) "[0-9*#]*"', command):
            path = Path(found[1] + ".wav")
            with wave.open(str(path)) as opened:
                assert (opened.getframerate(), opened.getsampwidth(), opened.getnchannels()) == (
                    8000,
                    2,
                    1,
                )
                self.played.append(opened.readframes(opened.getnframes()))
            return "200 result=0 endpos=1"
        if re.fullmatch(r"WAIT FOR DIGIT \d+", command):
            return self._key()
        found = re.fullmatch(r'RECORD FILE (\S+) wav "#" \d+ s=\d+', command)
        return self._record(Path(found[1] + ".wav")) if found else "510 Invalid or unknown command"

    def _key(self) -> str:
        act = self._left[0] if self._left else ""
        if isinstance(act, Speak) or not act:
            return "200 result=0"
        self._left.pop(0)
        if act == HANG_UP:
            self.gone = True
            return "HANGUP\n200 result=-1"
        if len(act) > 1:
            self._left.insert(0, act[1:])
        return f"200 result={ord(act[0])}"

    def _record(self, path: Path) -> str:
        act = self._left.pop(0) if self._left else ""
        out = io.BytesIO()
        with wave.open(out, "wb") as made:
            made.setparams((1, 2, 8000, 0, "NONE", ""))
            made.writeframes(act.pcm if isinstance(act, Speak) else b"")
        path.write_bytes(out.getvalue())
        if isinstance(act, Speak):
            self.written.append(out.getvalue())
        self.gone = act == HANG_UP or (isinstance(act, Speak) and act.hangs_up)
        return (
            "HANGUP\n200 result=-1 (hangup) endpos=8000"
            if self.gone
            else "200 result=0 (timeout) endpos=8000"
        )
