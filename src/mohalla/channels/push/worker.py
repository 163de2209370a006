"""The loop that sends notices; it runs beside the text worker."""

from __future__ import annotations

import logging
import threading
from typing import Final

from django.db import close_old_connections, connections

from mohalla.channels.push import actions, setting
from mohalla.channels.push.embedded import EmbeddedTransport
from mohalla.channels.push.port import PushTransport
from mohalla.channels.push.web import WebTransport
from mohalla.foundation import clock

_log = logging.getLogger(__name__)
_PAUSE: Final = 1.0
_BATCH: Final = 20


def open_transport() -> PushTransport:
    """The transport that `MOHALLA_PUSH` names."""
    return WebTransport() if setting.is_web() else EmbeddedTransport()


def run(stop: threading.Event, *, transport: PushTransport | None = None) -> None:
    """Send until `stop` is set; a database that is away for a while is waited for."""
    service = transport or open_transport()
    try:
        while not stop.is_set():
            try:
                close_old_connections()
                if actions.deliver_due(transport=service, at=clock.now(), limit=_BATCH):
                    continue
            except Exception:
                _log.exception("a round of the notice worker failed; going on")
                connections.close_all()
            stop.wait(_PAUSE)
    finally:
        service.stop()
        connections.close_all()
