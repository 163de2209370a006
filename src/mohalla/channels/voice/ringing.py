"""A call that nobody took is told upwards, where somebody listens."""

from __future__ import annotations

import logging
from uuid import uuid4

from django.db import connections, transaction

from mohalla.channels import missed
from mohalla.channels.missed import Missed
from mohalla.foundation import clock

_log = logging.getLogger(__name__)


def nobody_took(number: str, *, called: str) -> None:
    """Once for each call, on the number that was `called`; never raises. A withheld number cannot be called back, but may need help."""
    try:
        handler = missed.handler()
    except IndexError:  # wiring names nobody
        return
    told = Missed(key=str(uuid4()), number=number, line=missed.line_of(called))
    try:
        with transaction.atomic(durable=True):
            handler(missed=told, at=clock.now())
    except Exception:
        _log.exception("a missed call could not be told")
    finally:
        connections.close_all()
