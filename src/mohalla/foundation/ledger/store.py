"""The log on disk: tiles, entries and checkpoint as they are served, and what only we may read.

    checkpoint            signed, replaced as a whole
    cosigned              the newest one under which enough witnesses stand
    tile/0/000 …          hashes and entries, never changed (c2sp.org/tlog-tiles)
    acts/000.jsonl …      the acts behind the entries with their salts, 256 a file; never served:
                          a database that was put back to an older state is found out by them
    lock                  held by the one that writes

Everything is on disk before a checkpoint names it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from mohalla.foundation import durable
from mohalla.foundation.ledger.rules import merkle, notes, tiles
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.notes import Note, Verifier


class Busy(Exception):
    """Another process writes the log."""


class Torn(Exception):
    """A file of the log is not what the checkpoint says; put the folder back from its copy."""


@dataclass(frozen=True)
class Store:
    """`folder` may be empty or missing: then there is no log yet."""

    folder: Path

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Raises `Busy`; the kernel lets go when the process ends."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise Busy from None
        finally:
            os.close(handle)

    def checkpoint(self, key: Verifier, *, cosigned: bool = False) -> Note | None:
        """The newest, if `key` signed it; None where there is none yet.

        `cosigned`: the newest under which enough witnesses stand.
        """
        try:
            content = (self.folder / _name(cosigned)).read_text()
        except FileNotFoundError:
            return None
        return notes.opened(content, key)

    def tree(self, key: Verifier) -> Checkpoint | None:
        """What the newest checkpoint says."""
        note = self.checkpoint(key)
        return None if note is None else Checkpoint.parse(note.text)

    def publish(self, note: Note, *, cosigned: bool = False) -> None:
        """From now on this is the checkpoint."""
        self._write(_name(cosigned), str(note).encode())

    def at(self, size: int) -> merkle.At:
        """Reads the tree of `size` for proofs."""
        return tiles.reader(size, self.tile)

    def entries(self, start: int, end: int) -> Iterator[bytes]:
        """Entries of the log from `start` up to, not including, `end`."""
        for number in range(start // tiles.WIDTH, -(-end // tiles.WIDTH)):
            first = number * tiles.WIDTH
            content = self._read("entries", number, min(tiles.WIDTH, end - first))
            yield from tiles.unbundled(content)[max(0, start - first) : end - first]

    def acts(self, start: int, end: int) -> Iterator[str]:
        """Lines about the acts behind the entries, in their order."""
        for number in range(start // tiles.WIDTH, -(-end // tiles.WIDTH)):
            first = number * tiles.WIDTH
            lines = (self.folder / _acts(number)).read_text().splitlines()
            yield from lines[max(0, start - first) : end - first]

    def append(self, size: int, entries: Sequence[bytes], acts: Sequence[str]) -> Checkpoint:
        """Lay entries behind the first `size`; the tree that comes of it, not yet signed.

        What a killed process left behind `size` is written over: the same acts give the same files.
        """
        after = size + len(entries)
        self._lay_entries(size, after, entries)
        self._lay_acts(size, acts)
        row = [merkle.leaf_hash(entry) for entry in entries]
        level = 0
        while after >> tiles.HEIGHT * level:
            row = self._lay_hashes(level, size, after, row)
            level += 1
        return Checkpoint("", after, merkle.root(after, self.at(after)))

    def _lay_entries(self, size: int, after: int, entries: Sequence[bytes]) -> None:
        for number, width in tiles.grown(0, size, after):
            first = number * tiles.WIDTH
            kept = list(self.entries(first, size)) if first < size else []
            fresh = entries[max(0, first - size) : first + width - size]
            self._lay("entries", number, width, tiles.bundle([*kept, *fresh]))

    def _lay_acts(self, size: int, acts: Sequence[str]) -> None:
        for number, width in tiles.grown(0, size, size + len(acts)):
            first = number * tiles.WIDTH
            kept = list(self.acts(first, size)) if first < size else []
            fresh = acts[max(0, first - size) : first + width - size]
            self._write(_acts(number), "".join(f"{line}\n" for line in [*kept, *fresh]).encode())

    def _lay_hashes(self, level: int, size: int, after: int, row: list[bytes]) -> list[bytes]:
        """Returns the hashes that are new in the level above."""
        before = size >> tiles.HEIGHT * level
        above = []
        for number, width in tiles.grown(level, size, after):
            first = number * tiles.WIDTH
            kept = self.tile(level, number, before - first) if first < before else b""
            fresh = b"".join(row[max(0, first - before) : first + width - before])
            content = kept + fresh
            self._lay(level, number, width, content)
            if width == tiles.WIDTH:
                above.append(tiles.summit(content))
        return above

    def _lay(self, level: int | str, number: int, width: int, content: bytes) -> None:
        name = tiles.name(level, number, width)
        self._write(name, content)
        if width == tiles.WIDTH:  # it holds what its partial ones held
            shutil.rmtree(self.folder / f"{name}.p", ignore_errors=True)

    def tile(self, level: int, number: int, width: int) -> bytes:
        """Hashes side by side, the first `width` of the tile; raises `Torn`."""
        content = self._read(level, number, width)
        if len(content) != width * tiles.HASH:
            raise Torn(tiles.name(level, number, width))
        return content

    def _read(self, level: int | str, number: int, width: int) -> bytes:
        try:
            return (self.folder / tiles.name(level, number, width)).read_bytes()
        except FileNotFoundError:
            pass
        try:  # full meanwhile: its beginning is the partial one
            content = (self.folder / tiles.name(level, number)).read_bytes()
        except FileNotFoundError:
            raise Torn(tiles.name(level, number, width)) from None
        if level == "entries":
            return tiles.bundle(tiles.unbundled(content)[:width])
        return content[: width * tiles.HASH]

    def _write(self, name: str, content: bytes) -> None:
        path = self.folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        durable.replace(path, content)


def _name(cosigned: bool) -> str:
    return "cosigned" if cosigned else "checkpoint"


def _acts(number: int) -> str:
    return tiles.name("acts", number).removeprefix("tile/") + ".jsonl"
