"""Every tree up to 48 leaves, against the definition of RFC 9162 read literally."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import pytest
from tests.peers import tlog

from mohalla.foundation.ledger.rules import merkle, tiles
from mohalla.foundation.ledger.rules.encoding import encoded

MOST = 48
LEAVES = [f"leaf {number}".encode() for number in range(MOST)]


def mth(leaves: Sequence[bytes]) -> bytes:
    """Section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def at(level: int, index: int) -> bytes:
    return mth(LEAVES[index << level : index + 1 << level])


def test_roots_are_those_of_the_definition() -> None:
    for size in range(MOST + 1):
        assert merkle.root(size, at) == mth(LEAVES[:size]), size


def test_every_leaf_is_proved_and_nothing_else() -> None:
    for size in range(1, MOST + 1):
        root = mth(LEAVES[:size])
        for index in range(size):
            proof = merkle.inclusion(index, size, at)
            leaf = merkle.leaf_hash(LEAVES[index])
            assert merkle.verify_inclusion(leaf, index, size, proof) == root
            for other in {0, index - 1, index + 1, size - 1} - {index}:
                assert _leads_elsewhere(leaf, other, size, proof, root)
            assert _leads_elsewhere(merkle.leaf_hash(b"else"), index, size, proof, root)
            for place in range(len(proof)):
                touched = [*proof]
                touched[place] = bytes([touched[place][0] ^ 1]) + touched[place][1:]
                assert _leads_elsewhere(leaf, index, size, touched, root)
            for wrong in (proof[1:], [*proof, root]):
                if len(wrong) != len(proof):
                    with pytest.raises(merkle.Wrong):
                        merkle.verify_inclusion(leaf, index, size, wrong)


def _leads_elsewhere(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    try:
        return merkle.verify_inclusion(leaf, index, size, proof) != root
    except merkle.Wrong:
        return True


def test_every_beginning_is_proved_and_nothing_else() -> None:
    for new in range(MOST + 1):
        new_root = mth(LEAVES[:new])
        for old in range(new + 1):
            old_root = mth(LEAVES[:old])
            proof = merkle.consistency(old, new, at)
            merkle.verify_consistency(old, new, old_root, new_root, proof)
            if 0 < old < new:
                for place in range(len(proof)):
                    touched = [*proof]
                    touched[place] = hashlib.sha256(touched[place]).digest()
                    with pytest.raises(merkle.Wrong):
                        merkle.verify_consistency(old, new, old_root, new_root, touched)
                for wrong in (proof[:-1], [*proof, new_root], []):
                    with pytest.raises(merkle.Wrong):
                        merkle.verify_consistency(old, new, old_root, new_root, wrong)
                with pytest.raises(merkle.Wrong):
                    merkle.verify_consistency(old, new, new_root, new_root, proof)
                with pytest.raises(merkle.Wrong):
                    merkle.verify_consistency(old, new, old_root, old_root, proof)
    with pytest.raises(merkle.Wrong):
        merkle.verify_consistency(2, 1, mth(LEAVES[:2]), mth(LEAVES[:1]), [])
    with pytest.raises(merkle.Wrong):
        merkle.verify_consistency(3, 3, mth(LEAVES[:3]), mth(LEAVES[:2]), [])
    with pytest.raises(merkle.Wrong):
        merkle.verify_consistency(0, 3, merkle.EMPTY, mth(LEAVES[:3]), [merkle.EMPTY])


def test_another_implementation_says_the_same_of_every_tree() -> None:
    """Yes to each of our proofs, and no to each with one hash or place changed, as we do."""
    questions, ours = [], []
    for size in range(1, MOST + 1):
        root = mth(LEAVES[:size])
        for index in range(size):
            path = merkle.inclusion(index, size, at)
            for place in (index, (index + 1) % size):
                leaf = merkle.leaf_hash(LEAVES[place])
                questions.append({
                    "Do": "record", "Leaf": encoded(leaf), "Root": encoded(root), "Index": index,
                    "Size": size, "Proof": [encoded(step) for step in path],
                })  # fmt: skip
                ours.append(not _leads_elsewhere(leaf, index, size, path, root))
        for was in range(1, size + 1):
            steps = merkle.consistency(was, size, at)
            for old in (mth(LEAVES[:was]), mth(LEAVES[: was - 1])):
                questions.append({
                    "Do": "tree", "Root": encoded(root), "Old": encoded(old), "Was": was,
                    "Size": size, "Proof": [encoded(step) for step in steps],
                })  # fmt: skip
                ours.append(_is_beginning(was, size, old, root, steps))
    theirs = [answer == "" for answer in tlog.asked(questions)]
    assert theirs == ours
    assert any(ours)
    assert not all(ours)


def _is_beginning(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    try:
        merkle.verify_consistency(old, new, old_root, new_root, proof)
    except merkle.Wrong:
        return False
    return True


def test_places_are_written_as_the_specification_writes_them() -> None:
    assert tiles.name(0, 1234067) == "tile/0/x001/x234/067"
    assert tiles.name("entries", 5, 17) == "tile/entries/005.p/17"
    assert list(tiles.of_tree(70_000)) == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert list(tiles.of_tree(256)) == [(0, 0, 256), (1, 0, 1)]
    assert list(tiles.grown(0, 250, 600)) == [(0, 256), (1, 256), (2, 88)]
    assert list(tiles.grown(1, 250, 600)) == [(0, 2)]
    assert tiles.unbundled(tiles.bundle([b"one", b"", b"three"])) == [b"one", b"", b"three"]
    with pytest.raises(ValueError, match="cut off"):
        tiles.unbundled(tiles.bundle([b"one"])[:-1])
