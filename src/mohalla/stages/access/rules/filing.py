"""The acknowledgement that proves: what we say we got, signed, and later its place in the log.

A receipt file is a signed note (c2sp.org/signed-note) and, as soon as the log holds the act, a proof
behind it (c2sp.org/tlog-proof). Neither says what the matter is. Both are checked without us.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from mohalla.foundation.identifiers import ALPHABET
from mohalla.foundation.ledger.rules import commitments, notes, proofs
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import BadNote, decoded, encoded
from mohalla.foundation.ledger.rules.notes import Signer, Verifier
from mohalla.foundation.ledger.rules.proofs import Proof

HEAD = "mohalla/filing@v1"
FIELDS = ("log", "reference", "received", "contact-by", "words", "entry")
SHORT = 10  # bytes of the entry that the short code shows


@dataclass(frozen=True, kw_only=True)
class Filing:
    """`received` and `contact_by` as `2026-11-21T07:30:00.000000Z`; `words` and `entry` in base64.

    `words` is a digest of what was said, opened by its author; `entry` what stands in the log.
    """

    log: str
    reference: str
    received: str
    contact_by: str
    words: str
    entry: str

    def __str__(self) -> str:
        values = (self.log, self.reference, self.received, self.contact_by, self.words, self.entry)
        rows = [f"{name} {value}" for name, value in zip(FIELDS, values, strict=True)]
        return "\n".join([HEAD, *rows]) + "\n"

    @classmethod
    def parse(cls, text: str) -> Filing:
        """From the text of a note; raises `BadNote`."""
        lines = text.removesuffix("\n").split("\n")
        if lines[0] != HEAD or len(lines) != len(FIELDS) + 1:
            raise BadNote("not an acknowledgement")
        values = []
        for name, line in zip(FIELDS, lines[1:], strict=True):
            found, space, value = line.partition(" ")
            if found != name or not space:
                raise BadNote(f"an acknowledgement without {name}")
            values.append(value)
        return cls(**dict(zip((name.replace("-", "_") for name in FIELDS), values, strict=True)))

    @property
    def short(self) -> str:
        """Sixteen symbols to read aloud or write down: the beginning of the entry in the log."""
        number = int.from_bytes(decoded(self.entry)[:SHORT], "big")
        symbols = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(16)))
        return " ".join(symbols[i : i + 4] for i in range(0, 16, 4))


@dataclass(frozen=True, kw_only=True)
class Verified:
    """`position` and `tree` are None while only the signature stands; `witnesses` cosigned."""

    filing: Filing
    position: int | None
    tree: Checkpoint | None
    witnesses: tuple[str, ...]


def digest(salt: bytes, words: str) -> str:
    """What stands for the words in the acknowledgement."""
    return encoded(hashlib.sha256(salt + words.encode()).digest())


def signed(filing: Filing, signer: Signer) -> str:
    """The acknowledgement as it is given out."""
    return str(notes.sign(str(filing), signer))


def with_proof(acknowledgement: str, proof: Proof | None) -> str:
    """The receipt file."""
    return acknowledgement if proof is None else f"{acknowledgement}\n{proof}"


def verify(content: str, key: Verifier, witnesses: Sequence[Verifier] = ()) -> Verified:
    """Raises `BadNote` with what is wrong: not ours, touched, or not what stands in the log."""
    content = content.replace("\r\n", "\n")
    note, found, rest = content.partition(f"\n{proofs.HEAD}\n")
    acknowledged = notes.opened(note, key)
    filing = Filing.parse(acknowledged.text)
    if len(acknowledged.lines) != 1 or filing.log != key.name:
        raise BadNote("an acknowledgement of another log")
    if not found:
        return Verified(filing=filing, position=None, tree=None, witnesses=())
    proof = Proof.parse(f"{proofs.HEAD}\n{rest}")
    entry = commitments.opened(proof.extra)
    named = proof.verify(entry, key, witnesses)
    _same(filing, encoded(entry), proof.extra[commitments.SALT :])
    tree = Checkpoint.parse(proof.checkpoint.text)
    return Verified(filing=filing, position=proof.index, tree=tree, witnesses=tuple(named))


def _same(filing: Filing, entry: str, event: bytes) -> None:
    """What stands in the log is what was acknowledged."""
    try:
        said = json.loads(event)
    except ValueError:
        raise BadNote("what stands in the log cannot be read") from None
    if (
        entry != filing.entry
        or said.get("subject") != filing.reference
        or said.get("at") != filing.received
        or said.get("words") != filing.words
    ):
        raise BadNote("what stands in the log is not what was acknowledged")
