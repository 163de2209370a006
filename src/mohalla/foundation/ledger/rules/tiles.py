"""Where hashes and entries lie: the tiles of c2sp.org/tlog-tiles, height 8, 256 hashes wide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from mohalla.foundation.ledger.rules.merkle import node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32
NAME = re.compile(
    r"tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/(x[0-9]{3}/)*[0-9]{3}(\.p/[1-9][0-9]{0,2})?"
)


def name(level: int | str, number: int, width: int = WIDTH) -> str:
    """`tile/0/x001/234` or, where it is not full, `tile/0/x001/234.p/17`."""
    parts = [f"{number % 1000:03}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03}")
    partial = f".p/{width}" if width < WIDTH else ""
    return f"tile/{level}/{'/'.join(parts)}{partial}"


def of_tree(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, number and width of the rightmost tile of each level of a tree."""
    level = 0
    while count := size >> HEIGHT * level:
        yield level, (count - 1) // WIDTH, (count - 1) % WIDTH + 1
        level += 1


def grown(level: int, before: int, after: int) -> Iterator[tuple[int, int]]:
    """Number and width of the tiles of one level that change when a tree grows."""
    old, new = before >> HEIGHT * level, after >> HEIGHT * level
    if old < new:
        for number in range(old // WIDTH, (new - 1) // WIDTH + 1):
            yield number, min(WIDTH, new - number * WIDTH)


def reader(size: int, read: Callable[[int, int, int], bytes]) -> Callable[[int, int], bytes]:
    """`at(level, index)` for `merkle`, over `read(level, number, width)` that gives a tile."""

    @lru_cache(maxsize=64)
    def tile(level: int, number: int) -> bytes:
        count = size >> HEIGHT * level
        return read(level, number, min(WIDTH, count - number * WIDTH))

    def at(level: int, index: int) -> bytes:
        stored, up = divmod(level, HEIGHT)
        number, place = divmod(index << up, WIDTH)
        content = tile(stored, number)
        start = place * HASH
        return _folded(content[start : start + (HASH << up)])

    return at


def _folded(hashes: bytes) -> bytes:
    """Root of a complete row of hashes that lie side by side."""
    row = [hashes[i : i + HASH] for i in range(0, len(hashes), HASH)]
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def summit(tile: bytes) -> bytes:
    """Root of a full tile: its hash in the level above."""
    return _folded(tile)


def bundle(entries: list[bytes]) -> bytes:
    """Entries as they are served: each with its length in two bytes before it."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unbundled(content: bytes) -> list[bytes]:
    """The entries of a bundle; raises `ValueError` where it is cut off."""
    entries, place = [], 0
    while place < len(content):
        length = int.from_bytes(content[place : place + 2], "big")
        entry = content[place + 2 : place + 2 + length]
        if len(entry) != length:
            raise ValueError("the bundle is cut off")
        entries.append(entry)
        place += 2 + length
    return entries
