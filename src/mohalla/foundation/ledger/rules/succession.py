"""Which keys spoke for a log, one after the other: each hands over to the next, both sign it.

Whoever trusts one of them can follow the notes to the others, forwards and backwards. What an older
key signed counts only for trees that are no larger than the one at which it handed over: somebody
who finds it later cannot speak for the log of today.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from mohalla.foundation.ledger.rules import notes
from mohalla.foundation.ledger.rules.encoding import BadNote, number
from mohalla.foundation.ledger.rules.notes import Note, Signer, Verifier

HEAD = "mohalla/log-key@v1"
MOST = 1000  # hand-overs in one history


@dataclass(frozen=True)
class Trusted:
    """A key, and the largest tree that it may speak of; None: it speaks still."""

    key: Verifier
    until: int | None


@dataclass(frozen=True)
class Handover:
    """From one key to the next, at a tree of `size`."""

    old: Verifier
    new: Verifier
    at: str
    size: int


def signed(old: Signer, new: Signer, *, at: str, size: int) -> Note:
    """The note of a hand-over."""
    text = f"{HEAD}\nold {old.verifier}\nnew {new.verifier}\nat {at}\nsize {size}\n"
    return notes.sign(text, old, new)


def written(history: Sequence[str]) -> str:
    """The notes as one file."""
    return json.dumps(list(history), ensure_ascii=False, indent=1) + "\n"


def parsed(content: str) -> list[Handover]:
    """Each signed by both its keys; raises `BadNote`."""
    try:
        rows = json.loads(content)
    except (ValueError, RecursionError):
        raise BadNote("the history of keys cannot be read") from None
    if not isinstance(rows, list) or len(rows) > MOST or not all(isinstance(r, str) for r in rows):
        raise BadNote("the history of keys has another shape")
    return [_handover(row) for row in rows]


def ring(given: Verifier, history: Sequence[Handover]) -> list[Trusted]:
    """The given key and all that follow from it."""
    known = {given}
    grown = True
    while grown:
        linked = [row for row in history if (row.old in known) != (row.new in known)]
        known |= {key for row in linked for key in (row.old, row.new)}
        grown = bool(linked)
    ends: dict[Verifier, int] = {}
    for row in history:
        if row.old in known:
            ends[row.old] = min(row.size, ends.get(row.old, row.size))
    return [Trusted(key, ends.get(key)) for key in sorted(known, key=str)]


def speaker(note: Note, keys: Sequence[Trusted]) -> Trusted:
    """Whose signature stands under the note, the one that speaks longest; raises `BadNote`."""
    found = [row for row in keys if note.by(row.key) is not None]
    if not found:
        raise BadNote("not signed by a key that is trusted")
    return max(found, key=lambda row: float("inf") if row.until is None else row.until)


def allowed(trusted: Trusted, size: int) -> None:
    """Raises `BadNote` where the key had handed over before a tree of this size was."""
    if trusted.until is not None and size > trusted.until:
        raise BadNote(f"signed by a key that handed over at {trusted.until}, for a tree of {size}")


def _handover(content: str) -> Handover:
    note = notes.parse(content)
    lines = note.text.removesuffix("\n").split("\n")
    names = ("old ", "new ", "at ", "size ")
    if lines[0] != HEAD or len(lines) != 5:
        raise BadNote("not a hand-over of keys")
    for name, line in zip(names, lines[1:], strict=True):
        if not line.startswith(name):
            raise BadNote(f"a hand-over of keys without {name.strip()}")
    old, new, at, size = (
        line.removeprefix(name) for name, line in zip(names, lines[1:], strict=True)
    )
    made = Handover(Verifier.parse(old), Verifier.parse(new), at, number(size))
    if made.old.name != made.new.name or made.old == made.new:
        raise BadNote("a hand-over to another log")
    if note.by(made.old) is None or note.by(made.new) is None:
        raise BadNote("a hand-over that not both keys signed")
    return made
