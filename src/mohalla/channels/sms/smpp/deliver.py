"""Reading a deliver_sm that an unknown hand wrote: every length checked, every byte kept.

Ours rather than a library's, because the text must be kept as bytes: see ADR 0005.
"""

from __future__ import annotations

from mohalla.channels.sms.port import Fate, PartOf, Receipt, Received
from mohalla.channels.sms.rules import concatenation, encoding
from mohalla.channels.sms.smpp import words

_UDHI = 0x40
_TYPE, _RECEIPT, _INTERMEDIATE = 0x3C, 0x04, 0x20
_PAYLOAD, _RECEIPTED_ID, _STATE = 0x0424, 0x001E, 0x0427
_SAR_REF, _SAR_TOTAL, _SAR_NUMBER = 0x020C, 0x020E, 0x020F


class Malformed(Exception):
    """The body is not a deliver_sm; says what is wrong."""


class _Cursor:
    """Walks a body; raises Malformed at its end, never reads beyond."""

    def __init__(self, body: bytes) -> None:
        self.body, self.at = body, 0

    def take(self, size: int, what: str) -> bytes:
        piece = self.body[self.at : self.at + size]
        if len(piece) < size:
            raise Malformed(f"{what} is cut off")
        self.at += size
        return piece

    def number(self, what: str) -> int:
        return self.take(1, what)[0]

    def string(self, longest: int, what: str) -> str:
        end = self.body.find(b"\0", self.at, self.at + longest + 1)
        if end < 0:
            raise Malformed(f"{what} has no end within {longest} bytes")
        piece = self.body[self.at : end]
        self.at = end + 1
        return piece.decode("latin-1")


def read_deliver(body: bytes, *, pdu: bytes) -> Received | Receipt:
    """A message, a piece of one, or the carrier's word on a delivery. Raises Malformed."""
    cursor = _Cursor(body)
    cursor.string(6, "service_type")
    sender = _address(cursor, "source_addr")
    recipient = _address(cursor, "destination_addr")
    esm_class = cursor.number("esm_class")
    cursor.take(2, "protocol_id and priority_flag")
    sent_at = cursor.string(17, "schedule_delivery_time")
    cursor.string(17, "validity_period")
    cursor.take(2, "registered_delivery and replace_if_present_flag")
    data_coding = cursor.number("data_coding")
    cursor.number("sm_default_msg_id")
    short = cursor.take(cursor.number("sm_length"), "short_message")
    extra, is_clean = _parameters(cursor)
    payload = short or extra.get(_PAYLOAD, b"")
    if not payload and not is_clean:
        raise Malformed("optional parameters are cut off, and there is no text without them")
    if _is_receipt(esm_class, extra):
        return _receipt(payload, data_coding, extra, pdu)
    part, payload = _place(payload, esm_class, extra)
    carrier_id = "|".join(filter(None, [sent_at, _text(extra.get(_RECEIPTED_ID, b""))]))
    return Received(sender, recipient, payload, data_coding, part, carrier_id, pdu)


def _address(cursor: _Cursor, what: str) -> str:
    ton = cursor.take(2, what)[0]
    address = cursor.string(21, what)
    # Gateways leave the plus away and say "international" beside the number instead.
    return f"+{address}" if ton == 1 and address[:1].isdigit() else address


def _parameters(cursor: _Cursor) -> tuple[dict[int, bytes], bool]:
    """What could be read, and whether that was all: a broken tail does not cost the text."""
    found: dict[int, bytes] = {}
    try:
        while cursor.at < len(cursor.body):
            tag = int.from_bytes(cursor.take(2, "tag"), "big")
            size = int.from_bytes(cursor.take(2, "length"), "big")
            found.setdefault(tag, cursor.take(size, "value"))
    except Malformed:
        return found, False
    return found, True


def _is_receipt(esm_class: int, extra: dict[int, bytes]) -> bool:
    kind = esm_class & _TYPE
    return kind in (_RECEIPT, _INTERMEDIATE) or (_RECEIPTED_ID in extra and _STATE in extra)


def _receipt(payload: bytes, coding: int, extra: dict[int, bytes], pdu: bytes) -> Receipt:
    carrier_id, fate, detail = words.receipt_words(encoding.decode(payload, coding))
    carrier_id = _text(extra.get(_RECEIPTED_ID, b"")) or carrier_id
    state = extra.get(_STATE, b"")
    if fate == Fate.PENDING and len(state) == 1:
        fate = words.state_fate(state[0])
        detail = detail or f"state {state[0]}"
    return Receipt(carrier_id, fate, detail, pdu)


def _place(payload: bytes, esm_class: int, extra: dict[int, bytes]) -> tuple[PartOf | None, bytes]:
    if esm_class & _UDHI:
        try:
            return concatenation.split_header(payload)
        except ValueError:
            return None, payload  # a lying header is kept as text rather than lost
    sar = [extra.get(tag, b"") for tag in (_SAR_REF, _SAR_TOTAL, _SAR_NUMBER)]
    if [len(value) for value in sar] == [2, 1, 1]:
        return concatenation.place_of(*(int.from_bytes(value, "big") for value in sar)), payload
    return None, payload


def _text(value: bytes) -> str:
    kept = value.rstrip(b"\0").decode("latin-1")
    return "".join(char for char in kept if char.isprintable())[:80]
