"""Where transports hand over what arrives: straight into the database, on the caller's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from django.db import transaction

from mohalla.channels.sms import actions
from mohalla.channels.sms.models import Unreadable
from mohalla.channels.sms.port import Receipt, Received
from mohalla.foundation import clock

_log = logging.getLogger(__name__)
_MOST_UNREADABLE: Final = 2000


class DatabaseInlet:
    """Each method returns when the thing is durable. `wake` is called after it."""

    def __init__(self, *, wake: Callable[[], None]) -> None:
        self._wake = wake

    def message(self, received: Received, /) -> None:
        """Keep a text, or a piece of one."""
        if received.part is None:
            actions.keep(received=received, at=clock.now())
        else:
            actions.keep_part(received=received, at=clock.now())
        self._wake()

    def receipt(self, receipt: Receipt, /) -> None:
        """Keep the carrier's word on a delivery."""
        actions.note_receipt(receipt=receipt, at=clock.now())

    def unreadable(self, pdu: bytes, why: str, /) -> None:
        """Keep bytes that nobody could read: the latest 2,000, so that a flood fills no disk."""
        # why stands beside the bytes: it may quote them
        _log.warning("unreadable data from the carrier (%d bytes)", len(pdu))
        with transaction.atomic(durable=True):
            Unreadable.objects.create(pdu=pdu, why=why[:200], received_at=clock.now())
            newest = Unreadable.objects.order_by("-id").values_list("id", flat=True)
            oldest_kept = newest[_MOST_UNREADABLE - 1 : _MOST_UNREADABLE].first()
            if oldest_kept is not None:
                Unreadable.objects.filter(id__lt=oldest_kept).delete()
