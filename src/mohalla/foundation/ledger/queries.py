"""What can be said about the log: proofs, and where it and the database differ."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Max

from mohalla.foundation.ledger import files, key
from mohalla.foundation.ledger.laid import Laid, Stood, laid
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.ledger.rules import commitments, merkle, tiles
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import decoded
from mohalla.foundation.ledger.rules.notes import Note
from mohalla.foundation.ledger.rules.proofs import Proof
from mohalla.foundation.ledger.store import Store, Torn

PAGE = 8 * tiles.WIDTH  # whole tiles: half of one that is not full yet cannot be read
LATE = timedelta(hours=1)


def proof_of(entry: Entry) -> Proof | None:
    """That the act stands in the log; None while it has no place under a checkpoint.

    Under the newest that enough witnesses signed, or, where it is younger, under the newest.
    """
    found = proofs_of([entry])
    return found[1][0] if found is not None else None


def proofs_of(entries: Sequence[Entry]) -> tuple[Note, list[Proof]] | None:
    """The same for several, all under one checkpoint, in their order."""
    places = [entry.position for entry in entries if entry.position is not None]
    if len(places) != len(entries):
        return None
    log, own = key.store(), key.signer().verifier
    for note in (log.checkpoint(own, cosigned=True), log.checkpoint(own)):
        if note is not None and max(places, default=-1) < (
            size := Checkpoint.parse(note.text).size
        ):
            at = log.at(size)
            ways = [tuple(merkle.inclusion(place, size, at)) for place in places]
            made = zip(places, ways, entries, strict=True)
            return note, [Proof(place, way, note, entry.opening()) for place, way, entry in made]
    return None


def missing() -> list[tuple[int, dict[str, Any]]]:
    """Places and acts that the log holds at its end and the database does not."""
    log = key.store()
    tree = log.tree(key.signer().verifier)
    size, top = (tree.size if tree is not None else 0), held()
    return (
        [
            (position, json.loads(line))
            for position, line in enumerate(log.acts(top, size), start=top)
        ]
        if top < size
        else []
    )


def held() -> int:
    """How many places of the log the database knows."""
    highest = Entry.objects.aggregate(highest=Max("position"))["highest"]
    return 0 if highest is None else int(highest) + 1


def witnesses_told() -> dict[str, dict[str, Any]]:
    """What each witness said last: `size`, `at`, `trouble`."""
    try:
        told: dict[str, dict[str, Any]] = json.loads(
            (key.store().folder / "witnesses.json").read_text()
        )
    except (FileNotFoundError, ValueError):
        return {}
    return told


def consistency(old: int, new: int) -> list[bytes]:
    """That the log of `new` entries begins with the log of `old`."""
    return merkle.consistency(old, new, key.store().at(new))


@dataclass(frozen=True)
class Difference:
    """`kind`: altered, lost, unknown (rows of a matter, without an act); changed, missing, moved (rows); late (laid long after the time it states, as when the
    sequencer stood still, or when somebody wrote it for an earlier day); torn (files)."""

    kind: str
    position: int | None
    event: dict[str, Any]


def differences() -> Iterator[Difference]:
    """Where rows and log do not say the same, first to last; nothing comes where they do.

    The root is computed anew from the entries, so that a changed file is found as well.
    """
    try:
        yield from _differences()
    except (Torn, ValueError, OSError) as error:  # a file is missing, or cannot be read at all
        yield Difference("torn", None, {"what": str(error)})


def _differences() -> Iterator[Difference]:
    log = key.store()
    tree = log.tree(key.signer().verifier)
    size = tree.size if tree is not None else 0
    above = Entry.objects.filter(position__gte=size).count() if tree is None else 0
    if above:
        yield Difference("torn", None, {"what": "the log is not there"})
    seen = Frontier()
    yield from _torn_tiles(log, size)
    for start in range(0, size, PAGE):
        end = min(start + PAGE, size)
        rows = {row.position: row for row in Entry.objects.filter(position__range=(start, end - 1))}
        pairs = zip(log.entries(start, end), log.acts(start, end), strict=True)
        for position, (leaf, act) in enumerate(pairs, start=start):
            seen.add(merkle.leaf_hash(leaf))
            found = _compared(rows.get(position), position, leaf, json.loads(act))
            if found is not None:
                yield found
    yield from _altered()
    if tree is not None and seen.root() != tree.root:
        yield Difference("torn", None, {"what": "the files of the log do not give its root"})


def _altered() -> Iterator[Difference]:
    """Matters whose rows are not what they were when the last act on them was laid."""
    waiting = set(Entry.objects.filter(position=None).values_list("room", "subject"))
    acts = Entry.objects.filter(room="ledger", what="files").order_by("position")
    with laid() as known:
        for row in acts.iterator(chunk_size=16):  # one of them may name thousands of matters
            for room, stands in row.facts["files"].items():
                known.note(room, stands, row.position)
        for room, tables in files.rooms().items():
            yield from _unknown(known, room, tables, waiting)
            for batch in known.batches(room, PAGE):
                yield from _changed(
                    room, tables, [row for row in batch if (room, row[0]) not in waiting]
                )


def _unknown(
    known: Laid, room: str, tables: Sequence[files.Table], waiting: set[tuple[str, str]]
) -> Iterator[Difference]:
    subjects = tables[0].subjects()
    while batch := list(islice(subjects, PAGE)):
        for name in known.unknown(room, batch):
            if (room, name) not in waiting:
                yield Difference("unknown", None, {"what": "file", "room": room, "subject": name})


def _changed(
    room: str, tables: Sequence[files.Table], stood: Sequence[Stood]
) -> Iterator[Difference]:
    now = files.digests(room, [name for name, *_rest in stood])
    for name, hash_, position in stood:
        if now[name] != hash_:
            event = {"what": "file", "room": room, "subject": name}
            there = any(tables[0].rows([name]))
            yield Difference("altered" if there else "lost", position, event)


def _compared(
    row: Entry | None, position: int, leaf: bytes, act: dict[str, Any]
) -> Difference | None:
    event = act["event"]
    _hidden, shown = commitments.halves(decoded(act["salt"]))
    if commitments.commitment(shown, commitments.written(event)) != leaf:
        return Difference("torn", position, event)
    if row is None:
        return Difference("missing", position, event)
    if row.leaf() != leaf:
        return Difference("moved" if str(row.id) != event["id"] else "changed", position, event)
    if datetime.fromisoformat(act["laid"]) - row.at > LATE:
        return Difference("late", position, event)
    return None


def _torn_tiles(log: Store, size: int) -> Iterator[Difference]:
    """Tiles that are not what the entries, and the tiles below them, make of them."""
    below: Iterator[bytes] = (merkle.leaf_hash(entry) for entry in log.entries(0, size))
    for level, last, _width in tiles.of_tree(size):
        count = size >> tiles.HEIGHT * level
        summits = []
        for number in range(last + 1):
            width = min(tiles.WIDTH, count - number * tiles.WIDTH)
            if log.tile(level, number, width) != b"".join(islice(below, width)):
                yield Difference("torn", None, {"what": tiles.name(level, number, width)})
            if width == tiles.WIDTH:
                summits.append(tiles.summit(log.tile(level, number, width)))
        below = iter(summits)


class Frontier:
    """Root of leaves that come one by one, in the memory of one hash a level."""

    def __init__(self) -> None:
        self._row: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        level, found = 0, leaf
        while self._row and self._row[-1][0] == level:
            found = merkle.node_hash(self._row.pop()[1], found)
            level += 1
        self._row.append((level, found))

    def root(self) -> bytes:
        """Of all leaves so far."""
        if not self._row:
            return merkle.EMPTY
        found = self._row[-1][1]
        for _level, left in reversed(self._row[:-1]):
            found = merkle.node_hash(left, found)
        return found
