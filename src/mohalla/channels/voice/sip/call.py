"""One call of the stack as our port has it. Sound and keys cross threads; the rest goes by the loop."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import time
from concurrent.futures import TimeoutError as Late
from uuid import uuid4

import baresip
from baresip import AudioNotActive, AudioRestarted, BaresipError

from mohalla.channels.voice.port import RATE, WIDTH, Ended, HungUp, Recorded
from mohalla.channels.voice.rules import sound

AHEAD = RATE * WIDTH // 2  # bytes written before they are due: half a second
TICK = 0.04
_MEDIA = 3.0  # seconds for sound to be there, after the answer or a change of the session
_KEYS = frozenset("0123456789*#")
_GONE = ""  # among the keys: the call is over


class SipCall:
    """Made on the loop; used by the one thread that answers the call."""

    def __init__(self, call: baresip.Call, number: str, loop: asyncio.AbstractEventLoop) -> None:
        self.key, self.number = str(uuid4()), number
        self._call, self._loop = call, loop
        self._keys: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._over = False
        call.on_dtmf(lambda pressed: self._pressed(pressed.digit))

    def ended(self) -> None:
        """Told by the loop; whoever waits for a key learns it at once."""
        self._over = True
        self._keys.put(_GONE)

    def play(self, pcm: bytes) -> str:
        """The stack has a clock of its own: it is kept half a second ahead, and a change of the
        session, which empties its buffer, is followed by what was lost in it."""
        at = waiting = 0
        last = time.monotonic() + _MEDIA
        while at < len(pcm) or waiting:
            if key := self._next(TICK):
                self._silent()
                return key
            try:
                waiting = self._call.audio.info().tx_buffered
                if at < len(pcm) and waiting < AHEAD:
                    at += self._call.audio.write(pcm[at : at + AHEAD - waiting])
                last = time.monotonic() + _MEDIA
            except AudioRestarted:
                at = max(0, at - waiting)
            except AudioNotActive:
                if time.monotonic() > last:
                    raise HungUp from None
        return ""

    def wait_key(self, seconds: float) -> str:
        return self._next(seconds)

    def record(self, *, most: float, silence: float) -> Recorded:
        got = bytearray()
        self._take(bytearray())  # what was said before the tone
        begun = last = time.monotonic()
        ended: Ended = "limit"
        while time.monotonic() - begun < most:
            try:
                key = self._next(TICK)
            except HungUp:
                ended = "hung_up"
                break
            finally:
                fresh = self._take(got)
            now = time.monotonic()
            if key == "#":
                ended = "key"
                break
            if sound.is_sound(fresh):
                last = now
            if now - last > (silence if last > begun else 2 * silence):
                ended = "silence"
                break
        pcm = bytes(got)
        return Recorded(wav=sound.wav_of(pcm), ended=ended, audible=sound.audible(pcm))

    def hang_up(self) -> None:
        if self._over:
            return
        ending = asyncio.run_coroutine_threadsafe(self._call.hangup(), self._loop)
        with contextlib.suppress(BaresipError, Late):
            ending.result(3)

    def _pressed(self, key: str) -> None:
        if key in _KEYS:
            self._keys.put(key)

    def _next(self, seconds: float) -> str:
        if self._over and self._keys.empty():
            raise HungUp
        try:
            key = self._keys.get(timeout=seconds)
        except queue.Empty:
            return ""
        if key == _GONE:
            raise HungUp
        return key

    def _take(self, got: bytearray) -> bytes:
        try:
            fresh: bytes = self._call.audio.read(4 * RATE * WIDTH)
        except (AudioNotActive, AudioRestarted):
            return b""
        got += fresh
        return fresh

    def _silent(self) -> None:
        with contextlib.suppress(AudioNotActive, AudioRestarted):
            self._call.audio.flush_tx()
