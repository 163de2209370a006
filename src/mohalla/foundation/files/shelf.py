"""Files on disk, sealed, by the hash of what they hold, under `files/` of the home.

A report may become C3 after its photograph came, so every file is sealed with the server's keys
(`foundation/seal`): disk and backup alone show nothing. A file is lines of a mebibyte each.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings

from mohalla.foundation import durable, seal

CHUNK = 1 << 20
_SEALED = b"gAAAA"  # how every sealed line begins; what came before sealing was stored as it is


class Damaged(Exception):
    """What lies there is not what was stored."""


class Upload(Protocol):
    def chunks(self, chunk_size: int | None = None) -> Iterable[bytes]: ...


def store(upload: Upload) -> tuple[str, int]:
    """Write, flush to disk, then name by content: (SHA-256 in hexadecimal, bytes)."""
    return _stored(upload.chunks(CHUNK))


def store_bytes(content: bytes) -> tuple[str, int]:
    """The same for what is in memory."""
    return _stored(content[at : at + CHUNK] for at in range(0, len(content), CHUNK))


def path_of(sha256: str) -> Path:
    """Where the file with that hash lies."""
    folder: Path = settings.FILES_DIR
    return folder / sha256[:2] / sha256


def exists(sha256: str) -> bool:
    return bool(sha256) and path_of(sha256).exists()


def forget(sha256: str) -> None:
    """Away with it; one that is not there is no error."""
    path_of(sha256).unlink(missing_ok=True)


def chunks(sha256: str) -> Iterator[bytes]:
    """What was stored, a piece at a time; raises `Damaged` at the end if it is not that."""
    digest = hashlib.sha256()
    for piece in _pieces(path_of(sha256)):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != sha256:
        raise Damaged(sha256)


def read(sha256: str) -> bytes:
    """All of it at once."""
    return b"".join(chunks(sha256))


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as opened:
        sealed = opened.read(len(_SEALED)) == _SEALED
        opened.seek(0)
        if sealed:
            yield from map(seal.unseal_bytes, opened)
        else:
            while piece := opened.read(CHUNK):
                yield piece


def _stored(pieces: Iterable[bytes]) -> tuple[str, int]:
    settings.FILES_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = settings.FILES_DIR / f"incoming-{secrets.token_hex(8)}"
    digest, size = hashlib.sha256(), 0
    try:
        with fresh.open("xb") as out:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                out.write(seal.seal_bytes(piece) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        target = path_of(digest.hexdigest())
        target.parent.mkdir(mode=0o700, exist_ok=True)
        fresh.replace(target)
        durable.sync(target.parent)
    finally:
        fresh.unlink(missing_ok=True)
    return digest.hexdigest(), size
