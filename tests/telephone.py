"""A telephone with a person who cannot read: she gets sound, and knows what she has heard before.

`Telephone` is a call as `channels/voice/port.py` has it. Nothing of text, keys or turns reaches her: she
compares the sound that was played with the sounds she knows, and presses or speaks. The sounds are
learnt beforehand from the recordings themselves (`Ear`), as somebody learns a voice menu by using it.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from mohalla.channels.voice import voices
from mohalla.channels.voice.answer import Pace, answered
from mohalla.channels.voice.port import HungUp, Recorded
from mohalla.channels.voice.rules import sound

QUICK = Pace(key=0, more=0, silence=0, longest=180)
_numbers = itertools.count()


def speech(seconds: float = 1.0, *, seed: int = 1) -> bytes:
    """Somebody speaks: a rough sound that no prompt is like."""
    drawn = random.Random(seed)
    return b"".join(
        drawn.randint(-6000, 6000).to_bytes(2, "little", signed=True)
        for _each in range(int(seconds * 8000))
    )


class Ear:
    """Which parts were heard, told by their sound alone."""

    def __init__(self, language: str = "ur") -> None:
        known = voices.now()
        self.sounds: dict[bytes, list[str]] = {}
        for piece in voices.everything(language):
            self.sounds.setdefault(known.pcm(piece, language), []).append(piece.key)
        self.pauses = sound.silence(voices.PAUSE), sound.silence(voices.BREATH)
        self.starts: dict[bytes, list[bytes]] = {}
        for pcm in sorted(self.sounds, key=len, reverse=True):
            self.starts.setdefault(pcm[:400], []).append(pcm)

    def heard(self, pcm: bytes) -> list[str]:
        """Their names, in order; where sounds are the same, the first of them."""
        found, at = [], 0
        while at < len(pcm):
            match = self._at(pcm, at)
            if not match:
                return [*found, "?"]  # another language
            found.append(self.sounds[match][0])
            at += len(match)
            short, long = self.pauses
            if self._at(pcm, at + len(short)):
                at += len(short)
            elif at < len(pcm):
                found.append("|")
                at += len(long)
        return found

    def _at(self, pcm: bytes, at: int) -> bytes | None:
        known = self.starts.get(pcm[at : at + 400], [])
        return next((one for one in known if pcm.startswith(one, at)), None)


@dataclass
class Speak:
    """She speaks; `hangs_up`: and puts the phone down while the line still records."""

    pcm: bytes
    hangs_up: bool = False


HANG_UP = "hang up"
Act = str | Speak


@dataclass
class Telephone:
    """`acts`: what she does each time something is expected of her, one after the other."""

    acts: Sequence[Act]
    number: str = "+923001110001"
    key: str = ""
    played: list[bytes] = field(default_factory=list)
    recorded: list[bytes] = field(default_factory=list)
    log: list[bytes | str] = field(default_factory=list)  # sounds, and what she did, in order
    over: bool = False

    def __post_init__(self) -> None:
        self.key = self.key or f"call-{next(_numbers)}"
        self._left = list(self.acts)

    def ring(self) -> Telephone:
        answered(self, pace=QUICK)
        assert self.over
        return self

    def play(self, pcm: bytes) -> str:
        self._there()
        self.played.append(pcm)
        self.log.append(pcm)
        return ""

    def wait_key(self, seconds: float) -> str:
        self._there()
        if not self._left:
            return ""
        act = self._left[0]
        if isinstance(act, Speak):
            return ""
        self._left.pop(0)
        self.log.append("hangs up" if act == HANG_UP else f"presses {act[0]}")
        if act == HANG_UP:
            self.over = True
            raise HungUp
        if len(act) > 1:
            self._left.insert(0, act[1:])
        return act[0]

    def record(self, *, most: float, silence: float) -> Recorded:
        self._there()
        act = self._left.pop(0) if self._left else ""
        if act == HANG_UP:
            self.over = True
            return Recorded(wav=sound.wav_of(b""), ended="hung_up", audible=False)
        pcm = act.pcm if isinstance(act, Speak) else b""
        wav = sound.wav_of(pcm)
        if pcm:
            self.recorded.append(wav)
            self.log.append(f"speaks, {sound.seconds(pcm):.0f} s")
        self.over = isinstance(act, Speak) and act.hangs_up
        return Recorded(wav=wav, ended="hung_up" if self.over else "silence", audible=bool(pcm))

    def hang_up(self) -> None:
        self.over = True

    def _there(self) -> None:
        if self.over:
            raise HungUp
