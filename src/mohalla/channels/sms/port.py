"""The port: what the rest of the room may ask of any carrier, and what a carrier may tell us.

Two exceptions only. `Refused`: this message will never go, do not try again. `Unavailable`: it did
not go, or nobody knows whether it went; try again later.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Refused(Exception):
    """The carrier will never take this message. Never retried."""


class Unavailable(Exception):
    """The carrier could not be reached, was too busy, or did not answer. Retried."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a transport can carry.

    parts: the most parts one text may take. media: pictures and voice. at_once: how many sends
    may be under way together. rate: parts a second that the carrier allows (0: no limit).
    reports_delivery: whether receipts come later; if not, accepted means delivered.
    """

    parts: int
    media: bool
    at_once: int
    rate: float
    reports_delivery: bool


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One text to one number. `reference` (0 to 65535) is the same at every try of one delivery,

    so that a phone that gets a long text twice joins equal parts instead of showing it twice.
    `receipt`: whether the carrier is asked to say later what became of it. `key`: the same at every
    try; a gateway that knows messages by our id takes one only once."""

    to: str
    text: str
    reference: int
    receipt: bool = True
    key: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The carrier took it: its own message ids, one a part, in order.

    A gateway that splits a text itself gives one id for all of it and says how many `parts`.
    """

    carrier_ids: tuple[str, ...]
    parts: int = 0


@dataclass(frozen=True, slots=True)
class PartOf:
    """Place of a piece in a long message: the sender's reference, how many, which (from 1)."""

    reference: int
    total: int
    number: int


@dataclass(frozen=True, slots=True)
class Received:
    """A message or a piece of one as the carrier handed it over; `payload` without its header.

    carrier_id: the carrier's own id or time for it, empty if it gives none. pdu: all bytes.
    """

    sender: str
    recipient: str
    payload: bytes
    data_coding: int
    part: PartOf | None = None
    carrier_id: str = ""
    pdu: bytes = b""


class Fate(StrEnum):
    """What the carrier says became of a part."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The carrier's word on one part that we sent; `detail` is its own wording, for staff."""

    carrier_id: str
    fate: Fate
    detail: str
    pdu: bytes


class Inlet(Protocol):
    """Where a transport hands over what arrives. Returning means: it is durable, acknowledge it.

    Any exception means it is not, and the carrier must keep it.
    """

    def message(self, received: Received, /) -> None: ...
    def receipt(self, receipt: Receipt, /) -> None: ...
    def unreadable(self, pdu: bytes, why: str, /) -> None: ...


class SmsTransport(Protocol):
    """A way to the phones. All methods may be called from any thread, and block."""

    @property
    def limits(self) -> Limits: ...

    @property
    def is_up(self) -> bool:
        """Whether it is worth trying to send now; while not, deliveries simply wait."""

    def start(self, inlet: Inlet, /) -> None:
        """Begin to receive (and to keep a link, where there is one). Returns at once."""

    def send(self, outgoing: Outgoing, /) -> Accepted:
        """Hand over one text. Raises Refused or Unavailable, nothing else."""

    def stop(self) -> None:
        """Finish what is under way and let go of the link, within 4 seconds. Safe to call twice."""
