"""A zip of one shape only: every program opens it, and no bit of it is free.

Files are stored, not packed, one behind the other, without times, comments or extra fields. What is
read must be, byte for byte, what `head` and `tail` would write: so a changed bit is found wherever it
stands, nothing overlaps, nothing hides between files, and nothing can burst. (PKWARE APPNOTE 6.3)
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

NAME = re.compile(r"[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)*(/[a-z0-9][a-z0-9-]*(\.[a-z0-9]+)*)?", re.A)
MOST, LARGEST = 20_000, (1 << 32) - 1  # files; bytes in all: beyond that a zip is another format
WIDEST = 256  # bytes of a row of the directory
CHUNK = 1 << 20
DIRECTORY = "the directory of the zip"
_HEAD, _ROW, _END = "<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"
_DAY = 33  # 1 January 1980: the first that a zip can name


class Torn(Exception):
    """`item` is a name in the zip, or `DIRECTORY`; the text says what is wrong."""

    def __init__(self, item: str, why: str) -> None:
        super().__init__(why)
        self.item = item


@dataclass(frozen=True)
class Part:
    """One file of it; `crc` is CRC-32."""

    name: str
    size: int
    crc: int


def part(name: str, content: Iterable[bytes]) -> Part:
    """Measured."""
    size = crc = 0
    for piece in content:
        size += len(piece)
        crc = zlib.crc32(piece, crc)
    return Part(name, size, crc)


def head(one: Part) -> bytes:
    """What stands before its bytes."""
    fields = (b"PK\3\4", 20, 0, 0, 0, _DAY, one.crc, one.size, one.size, len(one.name), 0)
    return struct.pack(_HEAD, *fields) + one.name.encode("ascii")


def tail(parts: Sequence[Part]) -> bytes:
    """The directory behind the files. Raises `ValueError` for more than a plain zip holds."""
    rows, at = [], 0
    for one in parts:
        fields = (b"PK\1\2", 20, 20, 0, 0, 0, _DAY, one.crc, one.size, one.size, len(one.name), 0, 0, 0, 0, 0, at)  # fmt: skip
        rows.append(struct.pack(_ROW, *fields) + one.name.encode("ascii"))
        at += len(head(one)) + one.size
    directory = b"".join(rows)
    if len(parts) > MOST or at + len(directory) > LARGEST:
        raise ValueError("too much for one zip")
    end = struct.pack(_END, b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), at, 0)
    return directory + end


class Parcel:
    """One that is read; `parts` in their order. Raises `Torn`, before anything is believed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.parts, self._offsets = _directory(file)
        for one in self.parts:
            self._check(one)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one file; raises `KeyError` where there is none of that name."""
        at, left = self._offsets[name]
        self._file.seek(at)
        while left:
            piece = self._file.read(min(CHUNK, left))
            if not piece:
                raise Torn(name, "the zip ends in the midst of it")
            left -= len(piece)
            yield piece

    def read(self, name: str) -> bytes:
        """All of it at once."""
        return b"".join(self.chunks(name))

    def _check(self, one: Part) -> None:
        at, _size = self._offsets[one.name]
        wanted = head(one)
        self._file.seek(at - len(wanted))
        if self._file.read(len(wanted)) != wanted:
            raise Torn(one.name, "what stands before it in the zip was changed")
        if part(one.name, self.chunks(one.name)).crc != one.crc:
            raise Torn(one.name, "its bytes were changed")


def _directory(file: BinaryIO) -> tuple[list[Part], dict[str, tuple[int, int]]]:
    length = file.seek(0, 2)
    end = struct.calcsize(_END)
    file.seek(max(0, length - end))
    last = file.read(end)
    if len(last) != end or last[:4] != b"PK\5\6":
        raise Torn(DIRECTORY, "it is not a zip, or it was cut off")
    _mark, _disk, _first, _here, count, size, at, _comment = struct.unpack(_END, last)
    if count > MOST or size > MOST * WIDEST or at + size + end != length:
        raise Torn(DIRECTORY, "its measures do not fit")
    file.seek(at)
    content = file.read(size)
    parts = list(_rows(content, count))
    if len({one.name for one in parts}) != len(parts):
        raise Torn(DIRECTORY, "a name stands twice")
    if sum(one.size for one in parts) > length or tail(parts) != content + last:
        raise Torn(DIRECTORY, "it does not have the one shape it may have")
    offsets, start = {}, 0
    for one in parts:
        start += len(head(one))
        offsets[one.name] = (start, one.size)
        start += one.size
    return parts, offsets


def _rows(content: bytes, count: int) -> Iterator[Part]:
    at, fixed = 0, struct.calcsize(_ROW)
    for _number in range(count):
        if at + fixed > len(content):
            raise Torn(DIRECTORY, "it is too short")
        row = struct.unpack_from(_ROW, content, at)
        crc, size, length = row[7], row[9], row[10]
        name = content[at + fixed : at + fixed + length].decode("ascii", "replace")
        if not NAME.fullmatch(name):
            raise Torn(DIRECTORY, "a name that may not stand there")
        yield Part(name, size, crc)
        at += fixed + length
