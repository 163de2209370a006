"""The key that signs for this installation, and where its log lies.

`keys/log` holds one line: the secret in base64 and the name of the log, chosen once.
`keys.json` beside the log is public: how each key handed over to the next (`rules/succession.py`). Whoever has
it can speak in the log's name; without it nothing can be added, but all that was said still holds.
"""

from __future__ import annotations

import json
import secrets
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from mohalla.foundation import keyfiles
from mohalla.foundation.ledger.rules import succession
from mohalla.foundation.ledger.rules.encoding import decoded, encoded
from mohalla.foundation.ledger.rules.notes import ED25519, Signer, Verifier
from mohalla.foundation.ledger.store import Store

LETTERS = "abcdefghijkmnpqrstuvwxyz"


def signer() -> Signer:
    """The log's own key; made on first use."""
    return _signer(settings.KEYS_DIR, settings.LOG_ORIGIN)


def made() -> bool:
    """Whether the key is there already; asking for it would make one."""
    return bool((settings.KEYS_DIR / "log").exists())


def witnesses() -> list[Verifier]:
    """The keys of those outside who may cosign."""
    return [Verifier.parse(line.split()[1]) for line in settings.WITNESSES]


def history() -> str:
    """How the keys followed each other, as it is published; an empty list where none did."""
    try:
        return (store().folder / "keys.json").read_text()
    except FileNotFoundError:
        return succession.written([])


def notes_of(content: str) -> list[str]:
    """The notes of a history."""
    found: list[str] = json.loads(content)
    return found


def forget() -> None:
    """Read the key anew: it was replaced."""
    _signer.cache_clear()


def store() -> Store:
    """The log's folder of this home."""
    return Store(settings.LOG_DIR)


@lru_cache(maxsize=4)
def _signer(folder: Path, origin: str) -> Signer:
    def made() -> str:
        name = origin or "".join(secrets.choice(LETTERS) for _ in range(10)) + ".mohalla/log"
        return f"{encoded(secrets.token_bytes(32))} {name}"

    secret, name = keyfiles.kept(folder / "log", made).split(" ", 1)
    return Signer(name, ED25519, decoded(secret))
