"""Text messages: to one person by the outbox, to very many straight to the carrier."""

from __future__ import annotations

import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import transaction

from mohalla.channels.notices import setting
from mohalla.channels.notices.port import Batch, Handed, Notice, Recipient
from mohalla.channels.notices.rules import batches, kinds
from mohalla.channels.notices.rules.kinds import Hours
from mohalla.channels.sms import actions as sms
from mohalla.channels.sms.models import Delivery, DeliveryState
from mohalla.channels.sms.port import Accepted, Outgoing, Refused, SmsTransport, Unavailable
from mohalla.channels.sms.rules import encoding, gathering, loops, numbers
from mohalla.channels.sms.setting import own_number
from mohalla.foundation import seal

_log = logging.getLogger(__name__)
_Outcome = Accepted | Refused | Unavailable


class SmsDoor:
    """The outbox: durable in the caller's transaction, sent by the worker."""

    def lay(self, notice: Notice, /, *, hours: Hours, gathers: bool, at: datetime) -> bool:
        """News in a burst waits for the end of the window, and is then said in one text."""
        row = sms.send(
            to=notice.address, text=notice.text, purpose=kinds.KINDS[notice.kind].purpose, subject=notice.subject,
            dedup_key=notice.key, at=at, safe_hours=hours, sealed=notice.sealed,
            not_before=_burst(notice.address, at) if gathers else None,
            gathers=notice.language if gathers else "",
        )  # fmt: skip
        return row.state != DeliveryState.REFUSED


def _burst(number: str, at: datetime) -> datetime:
    made = Delivery.objects.filter(
        to=numbers.canonical(number), made_at__gt=at - gathering.WINDOW, made_at__lte=at
    ).exclude(gathers="")
    return gathering.opens(list(made.values_list("made_at", flat=True)), at)


class SmsSender:
    """Straight to the carrier, at its rate; some, or all where they are few, by the outbox.

    What goes by the outbox goes once, whatever is killed, and the carrier is asked for receipts.
    What goes straight may go a second time after a kill: with the same concatenation reference, and
    with the same id where the gateway takes ours.
    """

    door = "sms"

    def __init__(self, transport: SmsTransport, *, all_by_outbox: bool = False) -> None:
        self._transport = transport
        self._all_by_outbox = all_by_outbox

    @property
    def is_up(self) -> bool:
        return self._transport.is_up

    def size(self, texts: dict[str, str], /) -> int:
        """By the carrier's rate and the longest of the texts."""
        parts = max(len(encoding.encode(text).parts) for text in texts.values())
        return batches.size(self._transport.limits.rate, parts)

    def hand(self, batch: Batch, /, *, at: datetime) -> Handed:
        """As the port says; the rows of the outbox are written before the first text goes."""
        handed = Handed()
        straight: list[tuple[Recipient, Outgoing]] = []
        with transaction.atomic():
            for one in batch.recipients:
                try:
                    number = seal.unseal(one.address)
                except seal.Unreadable:
                    handed.refused += 1
                    continue
                if loops.why_unreachable(numbers.kind_of(number, ours=own_number())):
                    handed.refused += 1
                elif self._all_by_outbox or batches.by_outbox(one.id, total=batch.total):
                    handed.laid += self._lay(batch, one, number, at)
                else:
                    straight.append((one, _outgoing(batch, one, number)))
        self._send(straight, handed)
        return handed

    def _lay(self, batch: Batch, one: Recipient, number: str, at: datetime) -> int:
        row = sms.send(
            to=number, text=_text(batch, one), purpose=batch.kind, subject=batch.subject,
            dedup_key=f"alert:{batch.broadcast.hex}:{one.id}", at=at, expires_at=batch.expires_at,
            safe_hours=kinds.hours(kinds.KINDS[batch.kind], safe=kinds.ANY, quiet=setting.quiet()),
        )  # fmt: skip
        return int(row.state != DeliveryState.REFUSED)

    def _send(self, straight: list[tuple[Recipient, Outgoing]], handed: Handed) -> None:
        if not straight:
            return
        with ThreadPoolExecutor(max_workers=self._transport.limits.at_once) as pool:
            outcomes = pool.map(self._try, [outgoing for _one, outgoing in straight])
            for (one, _outgoing), outcome in zip(straight, outcomes, strict=True):
                if isinstance(outcome, Accepted):
                    handed.accepted += 1
                    handed.parts += outcome.parts or len(outcome.carrier_ids)
                elif isinstance(outcome, Refused):
                    handed.refused += 1
                else:
                    handed.again.append(one.id)

    def _try(self, outgoing: Outgoing) -> _Outcome:
        try:
            return self._transport.send(outgoing)
        except (Refused, Unavailable) as outcome:
            return outcome
        except Exception as error:
            _log.exception("a text to many: the transport broke its promise")
            return Unavailable(f"unexpected {type(error).__name__}")


def _text(batch: Batch, one: Recipient) -> str:
    return batch.texts.get(one.language) or batch.texts["ur"]


def _outgoing(batch: Batch, one: Recipient, number: str) -> Outgoing:
    key = hashlib.sha256(batch.broadcast.bytes + one.id.to_bytes(8, "big")).hexdigest()[:32]
    return Outgoing(
        to=number, text=_text(batch, one), reference=int(key[:4], 16), receipt=False, key=key
    )
