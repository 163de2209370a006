"""Base64 and numbers as the formats of the log want them: one way to write a thing, no other."""

from __future__ import annotations

import base64
import binascii

HASH = 32


class BadNote(Exception):
    """What was given is not what it should be; says what is wrong with it."""


def encoded(raw: bytes) -> str:
    """Standard base64."""
    return base64.b64encode(raw).decode()


def decoded(text: str) -> bytes:
    """What `encoded` was given; a second spelling of the same bytes is refused too."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise BadNote("not base64") from None
    if encoded(raw) != text:
        raise BadNote("base64 with bits that mean nothing")
    return raw


def hash_of(text: str) -> bytes:
    """32 bytes."""
    raw = decoded(text)
    if len(raw) != HASH:
        raise BadNote("not a hash")
    return raw


def number(text: str) -> int:
    """A decimal without leading zeroes."""
    if not (text.isascii() and text.isdigit()) or (text != "0" and text[0] == "0"):
        raise BadNote(f"not a number: {text[:20]}")
    if len(text) > 18:
        raise BadNote("a number that is too large")
    return int(text)
