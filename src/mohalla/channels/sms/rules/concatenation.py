"""Headers of long messages (3GPP TS 23.040, 9.2.3.24): reading them, writing them."""

from __future__ import annotations

from mohalla.channels.sms.port import PartOf

_REF_8, _REF_16 = 0x00, 0x08


def split_header(user_data: bytes) -> tuple[PartOf | None, bytes]:
    """(place in a long message or None, the rest) of user data that begins with a header.

    A header that lies about its length raises ValueError; a place that cannot be (number 0, or
    above the total, or a total of 1) is no place.
    """
    if not user_data or user_data[0] + 1 > len(user_data):
        raise ValueError("user data header is longer than the user data")
    end = user_data[0] + 1
    place: PartOf | None = None
    at = 1
    while at < end:
        if at + 2 > end or at + 2 + user_data[at + 1] > end:
            raise ValueError("element of the user data header is cut off")
        kind, size = user_data[at], user_data[at + 1]
        body = user_data[at + 2 : at + 2 + size]
        if kind == _REF_8 and size == 3:
            place = place_of(body[0], body[1], body[2])
        elif kind == _REF_16 and size == 4:
            place = place_of(int.from_bytes(body[:2], "big"), body[2], body[3])
        at += 2 + size
    return place, user_data[end:]


def place_of(reference: int, total: int, number: int) -> PartOf | None:
    """The place, or None where the three numbers cannot be one."""
    if total < 2 or not 1 <= number <= total:
        return None
    return PartOf(reference, total, number)


def header(*, reference: int, total: int, number: int) -> bytes:
    """The 6 octets in front of each part that we send (8-bit reference: every phone reads it)."""
    return bytes([5, _REF_8, 3, reference & 0xFF, total, number])
