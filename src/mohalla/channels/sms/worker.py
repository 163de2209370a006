"""The process beside the web server that owns the link to the carrier.

One loop on one thread does all database work of the way out; transports keep their own threads.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from django.db import close_old_connections, connections

from mohalla.channels.sms import actions, queries, riders, setting
from mohalla.channels.sms.embedded import EmbeddedTransport
from mohalla.channels.sms.http.transport import HttpTransport
from mohalla.channels.sms.inlet import DatabaseInlet
from mohalla.channels.sms.port import SmsTransport
from mohalla.channels.sms.smpp import SmppTransport
from mohalla.foundation import clock
from mohalla.foundation.jobs import signs

_log = logging.getLogger(__name__)
_PAUSE: Final = 0.25
_BATCH: Final = 20
_HOUSEKEEPING: Final = 5.0


def open_transport() -> SmsTransport:
    """The transport that `MOHALLA_SMS` names. Raises address.BadAddress with the mend."""
    chosen = setting.configured()
    if chosen.scheme == "smpp":
        return SmppTransport(chosen)
    return HttpTransport(chosen) if chosen.scheme == "http" else EmbeddedTransport()


def run(stop: threading.Event, *, transport: SmsTransport | None = None) -> None:
    """Send, receive and handle until `stop` is set; ends within 5 seconds after that.

    A database that is away for a while is waited for. Raises address.BadAddress at the start.
    """
    carrier = transport or open_transport()
    wake = threading.Event()
    carrier.start(DatabaseInlet(wake=wake.set))
    threading.Thread(target=_stop_carrier, args=(stop, carrier, wake), daemon=True).start()
    tended_at = float("-inf")
    try:
        while not stop.is_set():
            busy, tended_at = _turn(carrier, tended_at)
            if not busy:
                _rest(wake, stop)
    finally:
        carrier.stop()
        connections.close_all()


def turn(carrier: SmsTransport) -> int:
    """One round: handle what came in, send what is due; how many things were done."""
    at = clock.now()
    done = actions.handle_due(at=at, limit=_BATCH)
    done += actions.deliver_due(transport=carrier, at=at, limit=_BATCH)
    rider = riders.registered()
    if rider is not None and done < _BATCH:  # what is owed to one person goes first
        done += rider(transport=carrier, at=at)
    return done


def tend() -> None:
    """Now and then: long texts that stay incomplete, receipts that came too early; whether the money of
    the day is spent."""
    at = clock.now()
    actions.close_waiting_parts(at=at)
    actions.match_late_receipts(at=at)
    signs.beat("spending", at=at, state="" if queries.still_paid(at=at) is None else "stopped")


def _turn(carrier: SmsTransport, tended_at: float) -> tuple[int, float]:
    try:
        close_old_connections()
        if time.monotonic() - tended_at >= _HOUSEKEEPING:
            tend()
            tended_at = time.monotonic()
            signs.beat("sms", at=clock.now(), state="up" if carrier.is_up else "down")
        return turn(carrier), tended_at
    except Exception:
        _log.exception("a round of the text message worker failed; going on")
        connections.close_all()
        time.sleep(_PAUSE)
        return 0, tended_at


def _rest(wake: threading.Event, stop: threading.Event) -> None:
    if not stop.is_set():
        wake.wait(_PAUSE)
        wake.clear()


def _stop_carrier(stop: threading.Event, carrier: SmsTransport, wake: threading.Event) -> None:
    """Sends that wait for the carrier end as soon as we are asked to stop."""
    stop.wait()
    wake.set()
    carrier.stop()
