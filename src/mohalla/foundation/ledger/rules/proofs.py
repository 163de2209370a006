"""An offline proof that something stands in the log (c2sp.org/tlog-proof)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mohalla.foundation.ledger.rules import merkle, notes
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import BadNote, decoded, encoded, hash_of, number
from mohalla.foundation.ledger.rules.notes import Note, Verifier

HEAD = "c2sp.org/tlog-proof@v1"
MOST = 63  # hashes: more than any tree of 2**63 leaves needs


@dataclass(frozen=True)
class Proof:
    """The leaf at `index`, the way to the root, the signed checkpoint; `extra` is not proved."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes = b""

    def __str__(self) -> str:
        lines = [HEAD]
        if self.extra:
            lines.append(f"extra {encoded(self.extra)}")
        lines.append(f"index {self.index}")
        lines += [encoded(step) for step in self.path]
        return "\n".join(lines) + f"\n\n{self.checkpoint}"

    @classmethod
    def parse(cls, content: str) -> Proof:
        """Nothing is verified yet; raises `BadNote`."""
        head, blank, note = content.partition("\n\n")
        lines = head.split("\n")
        if not blank or lines.pop(0) != HEAD:
            raise BadNote("not a proof of a log")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = decoded(lines.pop(0).removeprefix("extra "))
        if not lines or not lines[0].startswith("index "):
            raise BadNote("a proof without its index")
        index = number(lines.pop(0).removeprefix("index "))
        if len(lines) > MOST:
            raise BadNote("a proof that is too long")
        return cls(index, tuple(hash_of(line) for line in lines), notes.parse(note), extra)

    def verify(self, entry: bytes, key: Verifier, witnesses: Sequence[Verifier] = ()) -> list[str]:
        """Raises `BadNote` unless `key` signed a tree that holds `entry` here.

        Returns the names of those `witnesses` whose cosignature stands under it.
        """
        if self.checkpoint.by(key) is None:
            raise BadNote(f"not signed by {key.name}")
        tree = Checkpoint.parse(self.checkpoint.text)
        if tree.origin != key.name:
            raise BadNote("a checkpoint of another log")
        try:
            found = merkle.verify_inclusion(
                merkle.leaf_hash(entry), self.index, tree.size, self.path
            )
        except merkle.Wrong as wrong:
            raise BadNote(str(wrong)) from None
        if found != tree.root:
            raise BadNote("this does not stand in the log at this place")
        return [key.name for key in witnesses if self.checkpoint.by(key) is not None]
