"""The GSM 7-bit alphabet (3GPP TS 23.038), one septet an octet as SMPP carries it."""

from __future__ import annotations

from typing import Final

ESCAPE: Final = 0x1B
_BASIC: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED: Final = {
    0x0A: "\f",
    0x14: "^",
    0x28: "{",
    0x29: "}",
    0x2F: "\\",
    0x3C: "[",
    0x3D: "~",
    0x3E: "]",
    0x40: "|",
    0x65: "€",
}
_TO_BYTES: Final[dict[str, bytes]] = {
    **{char: bytes([code]) for code, char in enumerate(_BASIC) if code != ESCAPE},
    **{char: bytes([ESCAPE, code]) for code, char in _EXTENDED.items()},
}


def fits(text: str) -> bool:
    """Whether every character has a place in the alphabet."""
    return all(char in _TO_BYTES for char in text)


def septets(text: str) -> list[bytes]:
    """One entry a character: 1 byte, or 2 for those behind the escape. KeyError if one has none."""
    return [_TO_BYTES[char] for char in text]


def decode(octets: bytes) -> str:
    """Reads any bytes below 0x80. An unknown escape shows the plain letter, as phones do.

    Raises ValueError for a byte that is no septet.
    """
    out: list[str] = []
    escaped = False
    for octet in octets:
        if octet > 0x7F:
            raise ValueError(f"byte {octet:#x} is no GSM 7-bit character")
        if escaped:
            out.append(_EXTENDED.get(octet, _BASIC[octet] if octet != ESCAPE else " "))
            escaped = False
        elif octet == ESCAPE:
            escaped = True
        else:
            out.append(_BASIC[octet])
    return "".join(out)
