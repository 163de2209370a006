"""Text to user data and back: GSM 7-bit where it fits, else UCS-2; splitting into parts.

Sizes of a part (3GPP TS 23.040): 160 septets or 70 UTF-16 units alone, 153 or 67 beside a
concatenation header of 6 octets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mohalla.channels.sms.rules import gsm7

GSM: Final = 0
UCS2: Final = 8
REPLACEMENT: Final = "\ufffd"
_ALONE: Final = {GSM: 160, UCS2: 140}
_JOINED: Final = {GSM: 153, UCS2: 134}
_CHARSETS: Final = {1: "ascii", 3: "latin-1", 5: "shift_jis", 6: "iso8859_5", 7: "iso8859_8"}
_CHARSETS_MORE: Final = {10: "iso2022_jp", 13: "euc_jp", 14: "euc_kr"}


@dataclass(frozen=True, slots=True)
class Encoded:
    """User data of one text: the bytes of each part (without header) and their coding."""

    data_coding: int
    parts: tuple[bytes, ...]


def encode(text: str) -> Encoded:
    """The user data of a text, split so that no character is cut in two.

    Lone surrogates become U+FFFD. An empty text is one empty part.
    """
    if gsm7.fits(text):
        return Encoded(GSM, _split(gsm7.septets(text), GSM))
    clean = text.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "replace")
    return Encoded(UCS2, _split([char.encode("utf-16-be") for char in clean], UCS2))


def _split(chars: list[bytes], coding: int) -> tuple[bytes, ...]:
    whole = b"".join(chars)
    if len(whole) <= _ALONE[coding]:
        return (whole,)
    parts: list[bytes] = []
    part = b""
    for char in chars:
        if len(part) + len(char) > _JOINED[coding]:
            parts.append(part)
            part = b""
        part += char
    return (*parts, part)


def decode(payload: bytes, data_coding: int) -> str:
    """Our reading of user data from outside. Never raises; what cannot be read is U+FFFD.

    NUL becomes U+FFFD too: no database text may hold it. The bytes themselves are kept elsewhere.
    """
    return _decode(payload, data_coding).replace("\x00", REPLACEMENT)


def _decode(payload: bytes, data_coding: int) -> str:
    kind = _kind(data_coding)
    if kind == "ucs2":
        return _ucs2(payload)
    if kind == "gsm":
        try:
            return gsm7.decode(payload)
        except ValueError:
            return _guess(payload)
    if kind == "guess":
        return _guess(payload)
    try:
        return payload.decode(kind)
    except UnicodeDecodeError:
        return _guess(payload)


def _kind(data_coding: int) -> str:
    """What the coding octet says: SMPP 3.4 section 5.2.19 first, then the GSM groups beyond it."""
    if data_coding == UCS2:
        return "ucs2"
    if data_coding in (2, 4, 9):
        return "guess"
    charset = _CHARSETS.get(data_coding) or _CHARSETS_MORE.get(data_coding)
    if charset:
        return charset
    if data_coding & 0xF0 == 0xF0:  # with a message class: bit 2 says 8-bit data
        return "guess" if data_coding & 0x04 else "gsm"
    if data_coding & 0xC0 == 0:  # general group: bits 3 and 2 say the alphabet
        return {0x00: "gsm", 0x04: "guess", 0x08: "ucs2", 0x0C: "guess"}[data_coding & 0x0C]
    return "guess"


def _ucs2(payload: bytes) -> str:
    charset = "utf-16-be"
    if payload[:2] == b"\xff\xfe":
        charset, payload = "utf-16-le", payload[2:]
    elif payload[:2] == b"\xfe\xff":
        payload = payload[2:]
    whole = payload[: len(payload) & ~1]
    text = whole.decode(charset, "replace")
    return text + REPLACEMENT if len(payload) % 2 else text


def _guess(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("latin-1")
