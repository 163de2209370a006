"""Numbers as carriers and people write them, brought to one form."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import phonenumbers

_HOME: Final = "PK"
_LONGEST: Final = 32
_SHORTEST_PHONE: Final = 7


class Kind(StrEnum):
    """What kind of address it is. `NUMBER` covers phones and short codes: both can be answered."""

    EMPTY = "empty"
    OURS = "ours"
    ALPHANUMERIC = "alphanumeric"
    MALFORMED = "malformed"
    NUMBER = "number"


def canonical(address: str) -> str:
    """E.164 (`+923001234567`) for phones, the digits for short codes, names as they are.

    Digits of any script are read; at most 32 characters are kept. Never raises.
    """
    kept = "".join(_plain(char) for char in address.strip() if char.isprintable())[:_LONGEST]
    if any(char.isalpha() for char in kept):
        return kept
    digits = "".join(char for char in kept if char.isdigit() or char == "+")
    bare = digits.lstrip("+").removeprefix("00") if digits[:2] in ("00",) else digits.lstrip("+")
    if len(bare) < _SHORTEST_PHONE:
        return bare
    guess = f"+{bare}" if digits[:1] == "+" or digits[:2] == "00" or bare[:2] == "92" else bare
    try:
        number = phonenumbers.parse(guess, _HOME)
    except phonenumbers.NumberParseException:
        return digits
    if not phonenumbers.is_possible_number(number):
        return digits
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def kind_of(address: str, *, ours: str) -> Kind:
    """What a canonical address is; `ours` is our own number."""
    if not address:
        return Kind.EMPTY
    if address == canonical(ours):
        return Kind.OURS
    if any(char.isalpha() for char in address):
        return Kind.ALPHANUMERIC
    digits = address.lstrip("+")
    if not digits.isdigit() or not 2 <= len(digits) <= 15:  # E.164 allows 15
        return Kind.MALFORMED
    return Kind.NUMBER


def masked(address: str) -> str:
    """For logs: the last two characters only."""
    return "…" + address[-2:] if len(address) > 4 else "…"


def _plain(char: str) -> str:
    return str(int(char)) if char.isdecimal() else char
