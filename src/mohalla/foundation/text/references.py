"""References as people read them off a paper, a screen or the phone."""

from __future__ import annotations

import re

from mohalla.foundation.text.folding import ascii_digits

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 7
_SYMBOLS = re.compile(f"[{ALPHABET}]{{{LENGTH}}}\\Z")
_IGNORED = re.compile(r"[\s\-\u2010-\u2015._/#:\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_AROUND = re.compile(r"[\s,;:!?()\[\]\"'،۔؟]+")


def reference(text: str) -> str | None:
    """The reference in this text (`k7m-2qx4` and `K7M 2QX۴` -> `K7M2QX4`), or None.

    The whole text may be the reference, with spaces and hyphens anywhere; inside a sentence it
    must stand in one piece and hold a digit, so that a word of seven letters is not taken for one.
    """
    plain = ascii_digits(text[:2000])
    whole = _IGNORED.sub("", plain).upper()
    if _SYMBOLS.match(whole):
        return whole
    for piece in _AROUND.split(plain):
        joined = _IGNORED.sub("", piece).upper()
        if _SYMBOLS.match(joined) and any(c.isdigit() for c in joined):
            return joined
    return None
