"""Bytes of any length in place of a PDU: read, or refused by the one exception; never anything else."""

from __future__ import annotations

import asyncio
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as some

from mohalla.channels.sms.port import Fate, Receipt, Received
from mohalla.channels.sms.rules import encoding
from mohalla.channels.sms.smpp import words
from mohalla.channels.sms.smpp.deliver import Malformed, read_deliver
from mohalla.channels.sms.smpp.frames import HEADER, LONGEST, BadFrame, Frame, read_frame

TAGS = some.sampled_from([0x0424, 0x001E, 0x0427, 0x020C, 0x020E, 0x020F, 0x1400])
TLV = some.builds(
    lambda tag, size, value: struct.pack("!HH", tag, size) + value,
    TAGS, some.integers(0, 40), some.binary(max_size=40),
)  # fmt: skip


@some.composite
def nearly(draw: some.DrawFn) -> bytes:
    """A deliver_sm whose fields may each lie."""
    text = draw(some.binary(max_size=255))
    size = draw(some.one_of(some.just(len(text)), some.integers(0, 255)))
    return (
        draw(some.binary(max_size=7))
        + b"\0"
        + bytes(draw(some.lists(some.integers(0, 255), min_size=2, max_size=2)))
        + draw(some.binary(max_size=24))
        + b"\0\0\0"
        + draw(some.sampled_from([b"1787", b"", b"\xff" * 21]))
        + b"\0"
        + bytes([draw(some.integers(0, 255)), 0, 0])
        + draw(some.sampled_from([b"\0", b"2603020900\0", b"9" * 30]))
        + b"\0\0\0"
        + bytes([draw(some.integers(0, 255)), 0, size])
        + text
        + b"".join(draw(some.lists(TLV, max_size=4)))
        + draw(some.binary(max_size=4))
    )


def looks_like_one(body: bytes) -> None:
    try:
        found = read_deliver(body, pdu=body)
    except (Malformed, ValueError, IndexError, struct.error):
        return  # what the session answers by generic_nack, and keeps
    assert found.pdu == body
    if isinstance(found, Received):
        encoding.decode(found.payload, found.data_coding).encode("utf-8")
        assert "\0" not in encoding.decode(found.payload, found.data_coding)
        assert found.part is None or 1 <= found.part.number <= found.part.total
        assert found.payload in body
    else:
        assert isinstance(found, Receipt)
        assert found.fate in Fate


@given(some.binary(max_size=600))
def test_any_bytes(body: bytes) -> None:
    looks_like_one(body)


@given(nearly())
def test_nearly_a_message(body: bytes) -> None:
    looks_like_one(body)


@given(nearly(), some.data())
def test_cut_off_anywhere(body: bytes, data: some.DataObject) -> None:
    looks_like_one(body[: data.draw(some.integers(0, len(body)))])


@given(some.text(max_size=300))
def test_any_receipt_text(text: str) -> None:
    carrier_id, fate, detail = words.receipt_words(text)
    assert len(carrier_id) <= 80
    assert fate in Fate
    assert len(detail) <= 40


def framed(stream: bytes) -> Frame | None:
    async def read() -> Frame | None:
        reader = asyncio.StreamReader()
        reader.feed_data(stream)
        reader.feed_eof()
        return await read_frame(reader, deadline=1)

    return asyncio.run(read())


@given(some.binary(min_size=1, max_size=80))
def test_any_stream_is_a_frame_or_a_bad_one_with_its_bytes(stream: bytes) -> None:
    seen, frame = b"", None
    try:
        frame = framed(stream)
    except BadFrame as bad:
        seen = bad.seen
    if frame is None:
        assert seen
        assert stream.startswith(seen)
        return
    assert HEADER <= len(frame.pdu) <= len(stream)
    assert stream.startswith(frame.pdu)


@pytest.mark.parametrize("length", [0, 1, 3, 15, LONGEST + 1, 2**31, 2**32 - 1])
def test_a_length_that_cannot_be_is_never_waited_for(length: int) -> None:
    with pytest.raises(BadFrame, match="length"):
        framed(struct.pack("!I", length) + b"x" * 12)


def test_the_longest_that_can_be_is_read() -> None:
    pdu = struct.pack("!IIII", LONGEST, 5, 0, 1) + b"x" * (LONGEST - HEADER)
    frame = framed(pdu)
    assert frame is not None
    assert frame.pdu == pdu
