"""The process beside the web server that takes calls, where `MOHALLA_VOICE` names a line."""

from __future__ import annotations

import logging
import os
import threading

from django.conf import settings
from django.db import Error, connections

from mohalla.channels.voice import address, voices
from mohalla.channels.voice.agi.server import AgiLine
from mohalla.channels.voice.answer import answered
from mohalla.channels.voice.sip.line import SipLine
from mohalla.foundation import clock
from mohalla.foundation.jobs import signs

_log = logging.getLogger(__name__)


class Speechless(Exception):
    """Urdu can be said neither by recordings nor by a program."""

    plain = True


def run(stop: threading.Event) -> None:
    """Take calls until `stop` is set. Raises address.BadAddress, Speechless; and StackDied, after
    which the supervisor starts this process again."""
    chosen = address.read(settings.VOICE_URL)
    if "ur" not in voices.now().languages():
        raise Speechless("install espeak-ng, or record all prompts in Urdu")
    connections.close_all()
    if chosen.scheme == "sip":
        _keep_quiet()
    line = SipLine if chosen.scheme == "sip" else AgiLine
    line(chosen, answered, on_turn=_beat).run(stop)


def _keep_quiet() -> None:
    """The stack also prints by itself, numbers of callers among it: that goes nowhere, our log stays."""
    own = os.fdopen(os.dup(2), "w", buffering=1)
    for handler in logging.root.handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(own)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _beat(talking: int) -> None:
    try:
        signs.beat("voice", at=clock.now(), state="up")
    except Error:
        _log.warning("no sign of life of the line with %d calls: the database is away", talking)
        connections.close_all()
