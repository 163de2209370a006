"""Safe hours as people write them."""

from __future__ import annotations

import re

from mohalla.foundation.text import ascii_digits

_RANGE = re.compile(r"^\s*(\d{1,2})(?::\d\d)?\s*(?:-|–|to|سے)\s*(\d{1,2})(?::\d\d)?\s*$")

# what the choices of the dialogue mean on the clock
PARTS_OF_DAY = {"morning": (8, 12), "afternoon": (12, 17), "evening": (17, 21)}


class HoursUnclear(ValueError):
    """Not of the form 14-16."""


def safe_hours(text: str) -> tuple[int | None, int | None]:
    """`14-16`, `14:00-16:00`, `22-6`, digits of three scripts -> hours; empty: at any time."""
    if not text.strip():
        return None, None
    found = _RANGE.match(ascii_digits(text))
    if not found:
        raise HoursUnclear(text)
    first, last = int(found[1]), int(found[2])
    if first > 24 or last > 24:
        raise HoursUnclear(text)
    return first % 24, last % 24 if last != 24 else 24
