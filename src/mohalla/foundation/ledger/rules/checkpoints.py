"""What the log says about itself: origin, size, root (c2sp.org/tlog-checkpoint)."""

from __future__ import annotations

from dataclasses import dataclass

from mohalla.foundation.ledger.rules.encoding import BadNote, encoded, hash_of, number


@dataclass(frozen=True)
class Checkpoint:
    """A tree: how many leaves, and the hash over all of them."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{encoded(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """From the text of a note; raises `BadNote`."""
        lines = text.split("\n")
        if len(lines) < 4 or not lines[0] or lines[-1]:
            raise BadNote("not a checkpoint")
        return cls(lines[0], number(lines[1]), hash_of(lines[2]))
