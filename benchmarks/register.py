"""The register at a million leaves: time and bytes of appending, proving and signing.

Usage: python benchmarks/register.py [leaves]; writes about 500 bytes a leaf into a folder of its own.
Each size is held against the logarithmic ideal: a proof of inclusion among n leaves has at most
ceil(log2 n) hashes of 32 bytes.
"""

from __future__ import annotations

import hashlib
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from mohalla.foundation.ledger.rules import merkle, notes
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.store import Store

ROUND = 4096  # as the sequencer lays at most
ACT = "x" * 400  # what a usual act takes with its facts and salt
LOOKS = 200


def leaf(number: int) -> bytes:
    return hashlib.sha256(b"%d" % number).digest()


def middle(times: int, work: Callable[[int], object]) -> float:
    """Median milliseconds."""
    took = []
    for number in range(times):
        start = time.perf_counter()
        work(number)
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


class Growing:
    """A log in a folder of its own, and how many leaves it has."""

    def __init__(self, folder: str) -> None:
        self.log, self.size = Store(Path(folder)), 0
        self.signer = notes.Signer("bench.example", notes.ED25519, bytes(range(32)))

    def grow(self, by: int) -> None:
        """One round, as the sequencer does it: entries, acts, hashes, a signed checkpoint."""
        numbers = range(self.size, self.size + by)
        tree = self.log.append(self.size, [leaf(n) for n in numbers], [ACT] * by)
        text = str(Checkpoint(self.signer.name, tree.size, tree.root))
        self.log.publish(notes.sign(text, self.signer))
        self.size += by

    def fill(self, goal: int) -> float:
        """Leaves a second on the way to `goal`."""
        start, before = time.perf_counter(), self.size
        while self.size < goal:
            self.grow(min(ROUND, goal - self.size))
        return (self.size - before) / (time.perf_counter() - start)

    def spread(self, look: int) -> int:
        return look * self.size // LOOKS

    def inclusion(self, look: int) -> list[bytes]:
        """Nothing of the tree is held from the proof before."""
        return merkle.inclusion(self.spread(look), self.size, self.log.at(self.size))

    def consistency(self, look: int) -> list[bytes]:
        return merkle.consistency(self.spread(look) + 1, self.size, self.log.at(self.size))


def main() -> None:
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        growing = Growing(folder)
        print(
            "   leaves   laid/s  round of 10     proof  hashes  ideal  consistency  checkpoint  bytes/leaf"
        )
        for goal in [*(size for size in (1_000, 10_000, 100_000) if size < most), most]:
            rate = growing.fill(goal)
            small = middle(9, lambda _: growing.grow(10))
            proof = middle(LOOKS, growing.inclusion)
            older = middle(LOOKS, growing.consistency)
            hashes = max(len(growing.inclusion(look)) for look in range(LOOKS))
            ideal = math.ceil(math.log2(growing.size))
            assert hashes <= ideal
            note = (Path(folder) / "checkpoint").stat().st_size
            kept = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
            print(
                f"{growing.size:>9} {rate:8.0f} {small:9.1f} ms {proof:6.2f} ms {hashes:7} {ideal:6}"
                f" {older:9.2f} ms {note:9} B {kept / growing.size:11.0f}"
            )


if __name__ == "__main__":
    main()
