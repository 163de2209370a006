"""Phone numbers as people type them."""

from __future__ import annotations

import phonenumbers

from mohalla.foundation.text import ascii_digits

HOME_REGION = "PK"


class PhoneUnclear(ValueError):
    """Not a number that can be called or written to."""


def canonical_phone(typed: str) -> str:
    """E.164 (`+923001234567`) of a number in any script or grouping; raises `PhoneUnclear`."""
    try:
        number = phonenumbers.parse(ascii_digits(typed), HOME_REGION)
    except phonenumbers.NumberParseException:
        raise PhoneUnclear(typed) from None
    if not phonenumbers.is_valid_number(number):
        raise PhoneUnclear(typed)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
