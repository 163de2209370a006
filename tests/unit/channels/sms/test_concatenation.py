"""Headers of long messages, good and lying."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mohalla.channels.sms.port import PartOf
from mohalla.channels.sms.rules import concatenation


@given(st.integers(0, 65535), st.integers(2, 255), st.data())
def test_a_header_that_we_write_is_read_back(
    reference: int, total: int, data: st.DataObject
) -> None:
    number = data.draw(st.integers(1, total))
    user_data = concatenation.header(reference=reference, total=total, number=number) + b"rest"
    assert concatenation.split_header(user_data) == (
        PartOf(reference & 0xFF, total, number),
        b"rest",
    )


@pytest.mark.parametrize(
    ("user_data", "place", "rest"),
    [
        (bytes([6, 8, 4, 1, 2, 3, 1]) + b"x", PartOf(0x102, 3, 1), b"x"),
        (bytes([3, 0x24, 1, 13]) + b"x", None, b"x"),
        (bytes([8, 0x24, 1, 13, 0, 3, 9, 2, 2]) + b"x", PartOf(9, 2, 2), b"x"),
        (bytes([0]) + b"x", None, b"x"),
        (bytes([5, 0, 3, 7, 2, 0]) + b"x", None, b"x"),
        (bytes([5, 0, 3, 7, 2, 3]) + b"x", None, b"x"),
        (bytes([5, 0, 3, 7, 1, 1]) + b"x", None, b"x"),
    ],
)
def test_headers(user_data: bytes, place: PartOf | None, rest: bytes) -> None:
    assert concatenation.split_header(user_data) == (place, rest)


@pytest.mark.parametrize("user_data", [b"", b"\x05", b"\xff\x00\x03", bytes([5, 0, 9, 1, 1, 1])])
def test_headers_that_lie(user_data: bytes) -> None:
    with pytest.raises(ValueError, match="header"):
        concatenation.split_header(user_data)


@given(st.binary(max_size=140))
def test_any_bytes_are_read_or_refused(user_data: bytes) -> None:
    with contextlib.suppress(ValueError):
        _place, rest = concatenation.split_header(user_data)
        assert user_data.endswith(rest)
