"""A call from the greeting to its end, over any line: prompts out, keys and recordings in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import close_old_connections, connections

from mohalla.channels.keyed import Turn
from mohalla.channels.voice import actions, voices
from mohalla.channels.voice.port import Call, HungUp
from mohalla.channels.voice.rules import sound
from mohalla.channels.voice.voices import Voices
from mohalla.foundation import clock

_log = logging.getLogger(__name__)
REPEATS = 2  # of a prompt that nobody answers
END, BACK = "#", "0"
KEYS = "0123456789"
RECORDING = "(recording)"  # stands among the answers so far for what was spoken
MOST_TURNS = 60


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds: until a key, until the next key of several, of silence that ends a recording, of the
    longest recording."""

    key: float = 8.0
    more: float = 4.0
    silence: float = 4.0
    longest: float = 180.0


PACE = Pace()


def answered(call: Call, *, pace: Pace = PACE) -> None:
    """Run the call to its end; never raises. Call it in a thread of its own."""
    try:
        close_old_connections()
        _Talk(call, voices.now(), pace).run()
    except HungUp:
        pass
    except Exception:
        _log.exception("a call ended in a fault; what was acknowledged stands")
    finally:
        call.hang_up()
        connections.close_all()


@dataclass
class _Talk:
    call: Call
    voices: Voices
    pace: Pace
    given: list[str] = field(default_factory=list)
    languages: tuple[str, ...] = ()
    told: str = ""  # the language of which it was said that the line cannot speak it

    def run(self) -> None:
        self.languages = self.voices.languages()
        turn = self._turn()
        key = self._say(turn.language, "greeting", emergency=settings.EMERGENCY_NUMBER)
        for _each in range(MOST_TURNS):
            wav = b""
            if turn.takes == "words" and not key:
                key, wav = self._listen(turn)
                given = RECORDING if wav else key
            else:
                given = key = self._press(turn, key)
            if not given:
                if not turn.over:
                    self._say(turn.language, "goodbye")
                return
            self.given.append(given)
            turn, key = self._turn(wav), ""

    def _turn(self, wav: bytes = b"") -> Turn:
        try:
            return actions.take_answer(
                session=self.call.key, number=self.call.number, given=tuple(self.given),
                languages=self.languages, wav=wav, at=clock.now(),
            )  # fmt: skip
        except actions.NotKept:
            self._say(self.languages[0], "trouble", emergency=settings.EMERGENCY_NUMBER)
            raise HungUp from None

    def _press(self, turn: Turn, key: str) -> str:
        """The keys that answer; `key` was pressed already. Empty: none after all repeats."""
        for _each in range(REPEATS + 1):
            key = key or self._ask(turn)
            if turn.over and not key:
                return ""
            key = key or self.call.wait_key(self.pace.key)
            pressed = self._more(key, turn.digits) if key else ""
            if pressed:
                return pressed
            key = ""
        return ""

    def _more(self, key: str, digits: int) -> str:
        """One key, or several up to `#`; a single 0 goes back wherever one is."""
        pressed = ""
        while key and key != END:
            pressed += key if key in KEYS else ""
            if len(pressed) >= digits:
                break
            key = self.call.wait_key(self.pace.more)
        return pressed

    def _listen(self, turn: Turn) -> tuple[str, bytes]:
        """What was spoken, as the file that was written; or a 0, which goes back."""
        for _each in range(REPEATS + 1):
            key = self._ask(turn) or self._say(turn.language, "after_tone")
            if key == BACK or self.call.play(sound.tone()) == BACK:
                return BACK, b""
            heard = self.call.record(most=self.pace.longest, silence=self.pace.silence)
            if heard.audible:
                return "", heard.wav
            if heard.ended == "hung_up":
                raise HungUp
        return "", b""

    def _ask(self, turn: Turn) -> str:
        if turn.wished and turn.wished != self.told:
            self.told = turn.wished
            self._say(turn.language, "not_spoken")
        return self._say(turn.language, turn.key, **turn.values)

    def _say(self, language: str, key: str, **values: str) -> str:
        return self.call.play(self.voices.said(key, language, values))


Answer = Callable[[Call], None]
