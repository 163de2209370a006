"""The Merkle tree of RFC 9162, section 2: hashes, proofs and their verification.

A tree is read through `at(level, index)`: the hash of the complete subtree over the leaves
`index * 2**level` up to, not including, `(index + 1) * 2**level`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

At = Callable[[int, int], bytes]
EMPTY = hashlib.sha256(b"").digest()


class Wrong(Exception):
    """The proof does not prove it."""


def leaf_hash(data: bytes) -> bytes:
    """Hash of one entry."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two neighbours."""
    return hashlib.sha256(b"\1" + left + right).digest()


def root(size: int, at: At) -> bytes:
    """Root of the first `size` leaves."""
    return _span(0, size, at) if size else EMPTY


def inclusion(index: int, size: int, at: At) -> list[bytes]:
    """What leads from the leaf at `index` to the root of `size`, the leaf's neighbour first."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    return _path(index, 0, size, at)


def consistency(old: int, new: int, at: At) -> list[bytes]:
    """What shows that the tree of `new` leaves begins with the tree of `old`."""
    if not 0 <= old <= new:
        raise ValueError(f"{old} is not below {new}")
    return [] if old in (0, new) else _subproof(old, 0, new, True, at)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that leaf hash and proof lead to; raises `Wrong` where the shape cannot be."""
    if not 0 <= index < size:
        raise Wrong(f"no leaf {index} in a tree of {size}")
    inner = (index ^ (size - 1)).bit_length()
    border = (index >> inner).bit_count()
    if len(proof) != inner + border:
        raise Wrong(f"{len(proof)} hashes instead of {inner + border}")
    found = leaf
    for level, other in enumerate(proof[:inner]):
        left = index >> level & 1
        found = node_hash(other, found) if left else node_hash(found, other)
    for other in proof[inner:]:
        found = node_hash(other, found)
    return found


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> None:
    """Raises `Wrong` unless the tree of `new` begins with the tree of `old`."""
    if old > new:
        raise Wrong("the newer tree is smaller")
    if old in (0, new):
        if proof or (old == new and old_root != new_root):
            raise Wrong("two trees of one size" if old == new else "a proof that nothing needs")
        return
    if not proof:
        raise Wrong("no proof")
    trailing = (old & -old).bit_length() - 1
    hashes = list(proof) if old != 1 << trailing else [old_root, *proof]
    node, last = old - 1 >> trailing, new - 1 >> trailing
    first = second = hashes[0]
    for other in hashes[1:]:
        if last == 0:
            raise Wrong("too many hashes")
        if node & 1 or node == last:
            first, second = node_hash(other, first), node_hash(other, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, other)
        node, last = node >> 1, last >> 1
    if last or first != old_root or second != new_root:
        raise Wrong("the older tree is not the beginning of the newer")


def _split(start: int, end: int) -> int:
    """Where the left, complete part of a span ends."""
    return start + (1 << (end - start - 1).bit_length() - 1)


def _span(start: int, end: int, at: At) -> bytes:
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return at(level, start >> level)
    middle = _split(start, end)
    return node_hash(_span(start, middle, at), _span(middle, end, at))


def _path(index: int, start: int, end: int, at: At) -> list[bytes]:
    if end - start == 1:
        return []
    middle = _split(start, end)
    if index < middle:
        return [*_path(index, start, middle, at), _span(middle, end, at)]
    return [*_path(index, middle, end, at), _span(start, middle, at)]


def _subproof(old: int, start: int, end: int, whole: bool, at: At) -> list[bytes]:
    if old == end:
        return [] if whole else [_span(start, end, at)]
    middle = _split(start, end)
    if old <= middle:
        return [*_subproof(old, start, middle, whole, at), _span(middle, end, at)]
    return [*_subproof(old, middle, end, False, at), _span(start, middle, at)]
