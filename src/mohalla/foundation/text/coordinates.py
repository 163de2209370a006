"""A place as a phone writes it into a text: two numbers of degrees."""

from __future__ import annotations

import re

from mohalla.foundation.text.folding import ascii_digits

_PAIR = re.compile(r"(?<![\d.])(-?\d{1,2}\.\d{3,8})\s*[,; ]\s*(-?\d{1,3}\.\d{3,8})(?![\d.])")


def coordinates(text: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, or None; at least three decimals, so that "2.5, 3.5" is none."""
    found = _PAIR.search(ascii_digits(text[:4000]))
    if found is None:
        return None
    lat, lon = float(found[1]), float(found[2])
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None
