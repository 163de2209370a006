"""What a file is: told from its first bytes, never from its name or what the sender calls it."""

from __future__ import annotations

from typing import Protocol

HEAD = 64
SEALED = "application/age"  # on the sender's own device: what it is only its readers know
# What a cheap phone makes, and PDF. Marks at offsets; all of a row must fit. Nothing else is taken:
# a zip (and with it Office files), a web page or a program is none of these, whatever its name.
_MARKS: tuple[tuple[tuple[tuple[int, bytes], ...], str], ...] = (
    (((0, b"\xff\xd8\xff"),), "image/jpeg"),
    (((0, b"\x89PNG\r\n\x1a\n"),), "image/png"),
    (((0, b"RIFF"), (8, b"WEBP")), "image/webp"),
    (((0, b"RIFF"), (8, b"WAVE")), "audio/wav"),
    (((0, b"#!AMR"),), "audio/amr"),
    (((0, b"OggS"),), "audio/ogg"),  # Opus too
    (((0, b"ID3"),), "audio/mpeg"),
    (((0, b"\x1a\x45\xdf\xa3"),), "video/webm"),
    (((0, b"%PDF-"),), "application/pdf"),
    (((0, b"age-encryption.org/v1\n"),), SEALED),
)
_BRANDS = {  # of ISO media files, after `ftyp`
    b"heic": "image/heic", b"heix": "image/heic", b"hevc": "image/heic", b"mif1": "image/heic",
    b"msf1": "image/heic", b"M4A ": "audio/mp4", b"M4B ": "audio/mp4", b"qt  ": "video/quicktime",
    b"isom": "video/mp4", b"iso2": "video/mp4", b"iso4": "video/mp4", b"iso5": "video/mp4",
    b"iso6": "video/mp4", b"mp41": "video/mp4", b"mp42": "video/mp4", b"avc1": "video/mp4",
    b"MSNV": "video/mp4", b"M4V ": "video/mp4",
}  # fmt: skip
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/heic": "heic",
    "audio/amr": "amr", "audio/ogg": "ogg", "audio/mpeg": "mp3", "audio/aac": "aac",
    "audio/wav": "wav", "audio/mp4": "m4a", "video/webm": "webm", "video/3gpp": "3gp",
    "video/mp4": "mp4", "video/quicktime": "mov", "application/pdf": "pdf",
    SEALED: "age",
}  # fmt: skip


class Upload(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...
    def seek(self, offset: int, /) -> object: ...


def media_type(upload: Upload) -> str | None:
    """The type on our list; None where it is not on it."""
    upload.seek(0)
    head = upload.read(HEAD)
    upload.seek(0)
    for marks, kind in _MARKS:
        if all(head[offset : offset + len(mark)] == mark for offset, mark in marks):
            return kind
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return "video/3gpp" if brand[:2] == b"3g" else _BRANDS.get(brand)
    return _frames(head)


def _frames(head: bytes) -> str | None:
    """MP3 and AAC without a header: each frame begins with eleven or twelve ones."""
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    layer_three, rate, speed = head[1] & 0xE6 == 0xE2, head[2] >> 4, head[2] >> 2 & 3
    return "audio/mpeg" if layer_three and rate not in {0, 15} and speed != 3 else None
