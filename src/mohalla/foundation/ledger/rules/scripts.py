"""The scripts of the pages as the register states them: one line each, name and hash."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mohalla.foundation.ledger.rules import commitments
from mohalla.foundation.ledger.rules.encoding import BadNote
from mohalla.foundation.ledger.rules.notes import Verifier
from mohalla.foundation.ledger.rules.proofs import Proof

HEAD = "mohalla-scripts/1"
ROOM, STATED = "site", "scripts stated"


@dataclass(frozen=True)
class Stated:
    """What a proof says: hash by name, since when, its place, who saw it."""

    hashes: Mapping[str, str]
    at: str
    position: int
    witnesses: Sequence[str]


def digest(content: bytes) -> str:
    """As browsers write and check it (Subresource Integrity)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def written(hashes: Mapping[str, str]) -> str:
    return "\n".join([HEAD, *(f"{name} {hashes[name]}" for name in sorted(hashes))])


def parsed(text: str) -> dict[str, str]:
    """Raises `BadNote`."""
    head, *lines = text.split("\n")
    pairs = [line.partition(" ") for line in lines]
    if head != HEAD or not all(name and hash_ and " " not in hash_ for name, _, hash_ in pairs):
        raise BadNote("not a statement of scripts")
    return {name: hash_ for name, _, hash_ in pairs}


def verify(content: str, key: Verifier, witnesses: Sequence[Verifier] = ()) -> Stated:
    """The statement whose proof this is; raises `BadNote`."""
    proof = Proof.parse(content)
    seen = proof.verify(commitments.opened(proof.extra), key, witnesses)
    try:
        event = json.loads(proof.extra[commitments.SALT :])
        if (event["room"], event["what"]) != (ROOM, STATED):
            raise BadNote("an act of another kind")
        return Stated(parsed(event["words"]), event["at"], proof.index, seen)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadNote("not a statement of scripts") from None
