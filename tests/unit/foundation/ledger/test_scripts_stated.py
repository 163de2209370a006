"""What the register says of the scripts: written, read, and proved; nothing else passes for it."""

from __future__ import annotations

import pytest

from mohalla.foundation.ledger.rules import commitments, merkle, notes, scripts
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import BadNote
from mohalla.foundation.ledger.rules.notes import COSIGNATURE, ED25519, Signer
from mohalla.foundation.ledger.rules.proofs import Proof

LOG = Signer("police.example/log", ED25519, bytes(range(32)))
OTHER = Signer("police.example/log", ED25519, bytes(range(2, 34)))
WITNESS = Signer("bar.example/w1", COSIGNATURE, bytes(range(1, 33)))
SALT = bytes(range(commitments.SALT))
HASHES = {"b.js": scripts.digest(b"b"), "a.js": scripts.digest(b"a")}
WORDS = scripts.written(HASHES)


def test_the_digest_is_what_browsers_check() -> None:
    known = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb"
    assert scripts.digest(b"") == known


def test_one_line_each_in_the_order_of_names() -> None:
    assert WORDS.split("\n") == [
        "mohalla-scripts/1", f"a.js {HASHES['a.js']}", f"b.js {HASHES['b.js']}",
    ]  # fmt: skip
    assert scripts.parsed(WORDS) == HASHES


@pytest.mark.parametrize(
    "text",
    ["", "mohalla-scripts/2\na.js x", "mohalla-scripts/1\na.js", "mohalla-scripts/1\n x",
     "mohalla-scripts/1\na.js ", "mohalla-scripts/1\na.js x y", "mohalla-scripts/1\n", "a.js x"],
)  # fmt: skip
def test_another_shape_is_refused(text: str) -> None:
    with pytest.raises(BadNote, match="not a statement of scripts"):
        scripts.parsed(text)


def proof(event: object, *, signer: Signer = LOG, witness: bool = True) -> str:
    told = commitments.written(event)  # type: ignore[arg-type]
    leaf = merkle.leaf_hash(commitments.commitment(SALT, told))
    note = notes.sign(str(Checkpoint(LOG.name, 1, leaf)), signer)
    content = str(Proof(0, (), note, SALT + told))
    if witness:
        content += WITNESS.line(note.text, time=1_790_000_000)
    return content


EVENT = {"room": "site", "what": "scripts stated", "words": WORDS, "at": "2026-11-21T20:00:00Z"}


def test_a_statement_is_proved_with_its_time_place_and_witnesses() -> None:
    found = scripts.verify(proof(EVENT), LOG.verifier, [WITNESS.verifier])
    assert found.hashes == HASHES
    assert found.at == "2026-11-21T20:00:00Z"
    assert found.position == 0
    assert list(found.witnesses) == ["bar.example/w1"]
    assert list(scripts.verify(proof(EVENT, witness=False), LOG.verifier).witnesses) == []


@pytest.mark.parametrize(
    "event",
    [EVENT | {"room": "casework"}, EVENT | {"what": "case read"}, EVENT | {"words": "x"},
     {key: told for key, told in EVENT.items() if key != "at"}, EVENT | {"words": 1}, [1]],
    ids=["room", "kind", "words", "no time", "number", "list"],
)  # fmt: skip
def test_another_act_is_no_statement(event: object) -> None:
    with pytest.raises(BadNote):
        scripts.verify(proof(event), LOG.verifier)


def test_another_key_or_a_changed_word_is_refused() -> None:
    with pytest.raises(BadNote):
        scripts.verify(proof(EVENT, signer=OTHER), LOG.verifier)
    with pytest.raises(BadNote):
        scripts.verify(proof(EVENT), OTHER.verifier)
    whole = Proof.parse(proof(EVENT))
    changed = Proof(0, (), whole.checkpoint, whole.extra.replace(b"2026", b"2025"))
    with pytest.raises(BadNote):
        scripts.verify(str(changed), LOG.verifier)
