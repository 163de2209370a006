"""Originals on disk: sealed, whole, told by content; and what is never taken."""

from __future__ import annotations

import gzip
import io
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.pictures import drawing, heic, overlapping_zip, photograph, webp, zip_of

from mohalla.foundation import files, seal

OGG = b"OggS\0\2" + b"\0" * 20 + b"OpusHead"
MP4 = b"\0\0\0\x18ftyp%s\0\0\0\0isommp42"


@pytest.fixture(autouse=True)
def shelf(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path / "files"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (photograph(), "image/jpeg"), (drawing(), "image/png"), (webp(), "image/webp"),
        (heic(), "image/heic"), (b"%PDF-1.7\n", "application/pdf"), (OGG, "audio/ogg"),
        (b"#!AMR\n" + b"\0" * 32, "audio/amr"), (b"#!AMR-WB\n", "audio/amr"),
        (b"ID3\4\0\0\0\0\0\0", "audio/mpeg"), (b"\xff\xfb\x90\x64" + b"\0" * 40, "audio/mpeg"),
        (b"\xff\xf3\x48\xc4" + b"\0" * 40, "audio/mpeg"), (b"\xff\xf1\x50\x80", "audio/aac"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"), (MP4 % b"3gp4", "video/3gpp"),
        (MP4 % b"3g2a", "video/3gpp"), (MP4 % b"M4A ", "audio/mp4"), (MP4 % b"isom", "video/mp4"),
        (MP4 % b"qt  ", "video/quicktime"), (b"\x1a\x45\xdf\xa3webm", "video/webm"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_phones_make_is_taken(content: bytes, kind: str) -> None:
    assert files.media_type(SimpleUploadedFile("whatever.exe", content)) == kind
    assert kind in files.ENDINGS


@pytest.mark.parametrize(
    "content",
    [
        zip_of({"a.jpg": photograph()}), overlapping_zip(), zip_of({"../../etc/x": b"x"}),
        gzip.compress(b"x" * 1000, mtime=0), b"\xfd7zXZ\0" + b"\0" * 20, b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\7",
        b"<!DOCTYPE html><script>alert(1)</script>", b"<svg onload=alert(1)>", b"MZ" + b"\0" * 60,
        b"<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'x'>]>", b"\x7fELF", b"GIF89a" + b"\1\0" * 8,
        b"8BPS", b"SIMPLE  =", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1", b"#!/bin/sh\n",
        b"RIFF\0\0\0\0AVI LIST", b"xxxxxxxxWEBP", MP4 % b"avif", MP4 % b"????", b"\xff\xff\xff\xff",
        b"\xff\xfe<\0h\0t\0m\0l\0", b"x", b" %PDF-1.7", b"BM\x3a\0\0\0", b"II*\0",
    ],
    ids=lambda content: repr(content[:14]),
)  # fmt: skip
def test_everything_else_is_not(content: bytes) -> None:
    assert files.media_type(SimpleUploadedFile("photo.jpg", content, "image/jpeg")) is None


@pytest.mark.parametrize("size", [1, 1 << 20, (1 << 20) + 1, 3_000_000])
def test_sealed_on_disk_and_the_same_again(size: int) -> None:
    content = random.Random(size).randbytes(size)
    upload = SimpleUploadedFile("x", content)
    digest, stored = files.store(upload)
    assert stored == size
    assert files.read(digest) == content
    assert files.store_bytes(content) == (digest, size)
    lies = files.path_of(digest).read_bytes()
    assert content[:64] not in lies or size < 64
    assert lies.startswith(b"gAAAA")
    assert [path.name for path in files.path_of(digest).parent.iterdir()] == [digest]


def test_what_was_stored_before_sealing_is_still_read() -> None:
    digest, _size = files.store_bytes(photograph())
    files.path_of(digest).write_bytes(photograph())
    assert files.read(digest) == photograph()


def test_a_file_that_was_touched_is_not_handed_on_as_whole() -> None:
    content = b"a" * (1 << 20) + b"b" * 10
    digest, _size = files.store_bytes(content)
    path = files.path_of(digest)
    first, second = path.read_bytes().splitlines(keepends=True)
    for touched in (first, second + first, second):
        path.write_bytes(touched)
        with pytest.raises(files.Damaged):
            files.read(digest)
    other = b"B" if first[200:201] == b"A" else b"A"
    path.write_bytes(first[:200] + other + first[201:] + second)
    with pytest.raises(seal.Unreadable):
        files.read(digest)


def test_a_disk_that_fails_leaves_no_half_file() -> None:
    class Breaks(io.BytesIO):
        def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
            yield b"half"
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        files.store(Breaks())
    assert [path for path in house.FILES_DIR.rglob("*") if path.is_file()] == []
