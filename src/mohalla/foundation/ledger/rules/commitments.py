"""What a leaf says about an act: that it happened like this, and nothing to those without it."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

SALT = 16  # bytes; a row holds two of them


def written(event: dict[str, Any] | list[Any]) -> bytes:
    """One way to write an event: sorted names, no spaces, UTF-8, times in UTC.

    Twice through JSON: a name that is a number becomes a word before it is sorted, as it does in
    the database, so that an act is written alike before it is stored and after.
    """
    return json.dumps(
        json.loads(json.dumps(event)),
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    ).encode()


def moment(at: datetime) -> str:
    """`2026-11-21T07:30:00.000000Z`"""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def commitment(salt: bytes, event: bytes) -> bytes:
    """32 bytes that nobody can open without `salt`."""
    return hashlib.sha256(salt + event).digest()


def halves(salt: bytes) -> tuple[bytes, bytes]:
    """The salt that stays with us (for the facts), and the one that may be shown (for the act)."""
    return salt[:SALT], salt[SALT:]


def opened(opening: bytes) -> bytes:
    """The entry of the log that belongs to an opening: shown salt, then the event."""
    return commitment(opening[:SALT], opening[SALT:])
