"""What browsers send: public keys and sealed texts, told from anything else. Pure."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pyrage

MOST = 20_000  # characters: a sealed key has about 500
ARMOUR = re.compile(
    r"-----BEGIN AGE ENCRYPTED FILE-----\n([A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{1,64}={0,2}\n"
    r"-----END AGE ENCRYPTED FILE-----\n?"
)


class NotSealed(ValueError):
    """What came is no public key, or no sealed text; it is kept nowhere."""


def recipient(told: object) -> str:
    """An age recipient of X25519, its check sum right."""
    try:
        return str(pyrage.x25519.Recipient.from_str(str(told)))
    except pyrage.RecipientError:
        raise NotSealed("recipient") from None


def sealed(told: object) -> str:
    """An armoured age file and nothing beside it."""
    text = str(told).replace("\r\n", "\n").strip() + "\n"
    if len(text) > MOST or not ARMOUR.fullmatch(text):
        raise NotSealed("sealed text")
    return text


def sealed_for(told: object) -> dict[UUID, str]:
    """Sealed texts by the key they are sealed to."""
    if not isinstance(told, dict):
        raise NotSealed("boxes")
    return {key(name): sealed(text) for name, text in told.items()}


def key(told: object) -> UUID:
    """The name of a key or box."""
    try:
        return UUID(str(told))
    except ValueError:
        raise NotSealed("key") from None


def part(told: Any, name: str) -> Any:
    """One part of what was sent, or None."""
    return told.get(name) if isinstance(told, dict) else None
