"""A log that is published somewhere: read as files from a folder or over HTTP, and not trusted."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import httpx

from mohalla.foundation.ledger.rules import merkle, notes, tiles
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import BadNote
from mohalla.foundation.ledger.rules.notes import Verifier

PATIENCE = 10.0  # seconds


@dataclass(frozen=True)
class Published:
    """`address` is a folder, or the address under which `checkpoint` and `tile/` lie."""

    address: str

    def tree(self, key: Verifier) -> Checkpoint:
        """What it shows as its newest state; raises `BadNote`."""
        note = notes.opened(self._read("checkpoint").decode(), key)
        return Checkpoint.parse(note.text)

    def holds(self, older: Checkpoint, key: Verifier) -> Checkpoint:
        """Raises `BadNote` unless what it shows now begins with `older`; returns what it shows."""
        now = self.tree(key)
        if now.size < older.size:
            raise BadNote(f"the log shows {now.size} marks, it had {older.size}: some were lost")
        at = tiles.reader(now.size, self._tile)
        try:
            proof = merkle.consistency(older.size, now.size, at)
            merkle.verify_consistency(older.size, now.size, older.root, now.root, proof)
        except merkle.Wrong as wrong:
            raise BadNote(f"the log shows another past than this: {wrong}") from None
        return now

    def _tile(self, level: int, number: int, width: int) -> bytes:
        try:
            return self._read(tiles.name(level, number, width))
        except BadNote:  # full meanwhile
            return self._read(tiles.name(level, number))[: width * tiles.HASH]

    def _read(self, name: str) -> bytes:
        if not self.address.startswith(("http://", "https://")):
            try:
                return (Path(self.address) / name).read_bytes()
            except OSError as error:
                raise BadNote(f"{name} is not there: {error.strerror}") from None
        try:
            answer = httpx.get(f"{self.address.rstrip('/')}/{name}", timeout=PATIENCE)
        except httpx.HTTPError as error:
            raise BadNote(f"{self.address} does not answer: {error}") from None
        if answer.status_code != 200:
            raise BadNote(f"{name} is not there: {answer.status_code}")
        return answer.content
