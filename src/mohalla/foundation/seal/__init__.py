"""Text that only a running server with its keys can read: the `server` envelope.

The keys live in `keys/seal` of the home, one a line, newest first: outside the database and
outside its backups. `rotate` seals with the newest what an older key sealed.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from mohalla.foundation import keyfiles


class Unreadable(Exception):
    """The key that sealed this is not in `keys/seal`; put it back from its own safe copy."""


def seal(text: str) -> str:
    """Sealed form of `text`: URL-safe ASCII, about 1.4 times as long."""
    return _box(settings.KEYS_DIR).encrypt(text.encode()).decode()


def unseal(token: str) -> str:
    """What `seal` was given; raises `Unreadable`."""
    return unseal_bytes(token.encode()).decode()


def seal_bytes(content: bytes) -> bytes:
    """The same for bytes; one line."""
    return _box(settings.KEYS_DIR).encrypt(content)


def unseal_bytes(line: bytes) -> bytes:
    """What `seal_bytes` was given; raises `Unreadable`."""
    try:
        return _box(settings.KEYS_DIR).decrypt(line.strip())
    except InvalidToken:
        raise Unreadable("keys/seal does not hold the key that sealed this") from None


def rotate(token: str) -> str:
    """The same text sealed with the newest key."""
    return _box(settings.KEYS_DIR).rotate(token.encode()).decode()


@lru_cache(maxsize=4)
def _box(folder: Path) -> MultiFernet:
    lines = keyfiles.kept(folder / "seal", lambda: Fernet.generate_key().decode())
    return MultiFernet([Fernet(line) for line in lines.split()])
