"""Uploaded originals, byte for byte, by their hash, under `files/` of the home."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings

# First bytes -> media type. What a cheap phone makes; nothing else is taken.
SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (8, b"WEBP", "image/webp"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (8, b"WAVE", "audio/wav"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (4, b"ftyp3gp", "video/3gpp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"%PDF-", "application/pdf"),
)


class Upload(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, /) -> object: ...
    def chunks(self) -> Iterator[bytes]: ...


def media_type(upload: Upload) -> str | None:
    """Told from the first bytes, never from the name; None where it is not on the list."""
    upload.seek(0)
    head = upload.read(64)
    upload.seek(0)
    for offset, mark, kind in SIGNATURES:
        if head[offset : offset + len(mark)] == mark:
            return kind
    return None


def store(upload: Upload) -> tuple[str, int]:
    """Write, flush to disk, then name by content: (SHA-256 in hexadecimal, bytes)."""
    settings.FILES_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = settings.FILES_DIR / f"incoming-{secrets.token_hex(8)}"
    digest, size = hashlib.sha256(), 0
    try:
        with fresh.open("xb") as out:
            for chunk in upload.chunks():
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        target = path_of(digest.hexdigest())
        target.parent.mkdir(mode=0o700, exist_ok=True)
        fresh.replace(target)
        _sync_folder(target.parent)
    finally:
        fresh.unlink(missing_ok=True)
    return digest.hexdigest(), size


def path_of(sha256: str) -> Path:
    """Where the original with that hash lies."""
    folder: Path = settings.FILES_DIR
    return folder / sha256[:2] / sha256


def opened(sha256: str) -> IO[bytes]:
    """The original, for reading."""
    return path_of(sha256).open("rb")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
