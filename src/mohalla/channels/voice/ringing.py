"""A call that nobody took is told upwards, where somebody listens."""

from __future__ import annotations

import logging
from uuid import uuid4

from django.db import connections, transaction

from mohalla.channels import missed
from mohalla.channels.missed import Line, Missed
from mohalla.foundation import clock

_log = logging.getLogger(__name__)


def nobody_took(number: str, *, line: Line = "help") -> None:
    """Once for each call; never raises. A withheld number cannot be called back, but may need help."""
    try:
        handler = missed.handler()
    except IndexError:  # wiring names nobody
        return
    try:
        with transaction.atomic(durable=True):
            handler(missed=Missed(key=str(uuid4()), number=number, line=line), at=clock.now())
    except Exception:
        _log.exception("a missed call could not be told")
    finally:
        connections.close_all()
