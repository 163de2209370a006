"""How many SMS a text costs (3GPP TS 23.038): counted before it is sent, not after."""

from __future__ import annotations

from typing import NamedTuple

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENSION = frozenset("\f^{}\\[~]|€")
_SINGLE = {"GSM-7": 160, "UCS-2": 70}
_MULTI = {"GSM-7": 153, "UCS-2": 67}


class SmsParts(NamedTuple):
    """`encoding` is `GSM-7` or `UCS-2`; `units` are septets or UTF-16 code units."""

    encoding: str
    parts: int
    units: int


def sms_parts(text: str) -> SmsParts:
    """What this text needs as SMS; an empty text is one part of no units.

    A letter of two units (`€` in GSM-7, an emoji in UCS-2) is never cut by a part's end.
    """
    septets = all(c in _GSM or c in _GSM_EXTENSION for c in text)
    encoding = "GSM-7" if septets else "UCS-2"
    sizes = [(2 if c in _GSM_EXTENSION else 1) if septets else 1 + (ord(c) > 0xFFFF) for c in text]
    units = sum(sizes)
    if units <= _SINGLE[encoding]:
        return SmsParts(encoding, 1, units)
    parts, room = 1, _MULTI[encoding]
    for size in sizes:
        if size > room:
            parts, room = parts + 1, _MULTI[encoding]
        room -= size
    return SmsParts(encoding, parts, units)
