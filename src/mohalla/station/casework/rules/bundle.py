"""Evidence as it goes to a court: what a bundle says, and its check without us.

    manifest.note      the log's signature over manifest.json
    manifest.json      every other file with size and SHA-256; which of them are originals and copies
    checkpoint         the signed tree of the public register
    keys.json          how the register's keys followed each other
    custody.json       every act: its facts, opened, and the words of the officers
    custody/0001.proof that this act stands in the register (c2sp.org/tlog-proof)
    originals/, copies/, certificate.en.html, certificate.ur.html, readme.txt

Pure: needs neither database nor network nor settings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from mohalla.foundation.ledger.rules import commitments, notes, succession
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import BadNote, decoded, encoded
from mohalla.foundation.ledger.rules.notes import Note, Signer, Verifier
from mohalla.foundation.ledger.rules.proofs import Proof
from mohalla.foundation.ledger.rules.succession import Trusted
from mohalla.station.casework.rules import custody
from mohalla.station.casework.rules.parcel import Parcel, Torn

HEAD = "mohalla/evidence@v1"
MANIFEST, NOTE, CUSTODY, CHECKPOINT, KEYS = (
    "manifest.json", "manifest.note", "custody.json", "checkpoint", "keys.json",
)  # fmt: skip
MOST_TEXT = 64 << 20  # bytes of a part that is read as text
TAKEN_IN, COPIED = "file taken in", "file copied"


class Wrong(Exception):
    """`item`: which file; `step`: container, manifest, file, keys, register, custody."""

    def __init__(self, item: str, step: str, why: str) -> None:
        super().__init__(f"{item}: {step}: {why}")
        self.item, self.step, self.why = item, step, why


@dataclass(frozen=True, kw_only=True)
class Original:
    """`since` is its place in the register when it came in; None: it came before files had one."""

    name: str
    sha256: str
    since: int | None
    received: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was proved; `witnesses` cosigned the tree."""

    log: str
    reference: str
    made: str
    tree: Checkpoint
    originals: tuple[Original, ...]
    acts: int
    witnesses: tuple[str, ...]


def note(*, manifest: bytes, log: str, reference: str, made: str, signer: Signer) -> bytes:
    """The signature over a manifest."""
    return str(notes.sign(_said(manifest, log, reference, made), signer)).encode()


def verify(
    file: BinaryIO, key: Verifier, witnesses: Sequence[Verifier] = (), history: str = "[]"
) -> Found:
    """Everything, in the order in which one step stands on another; raises `Wrong`.

    `key` may be older or newer than the one that signed: the bundle's own history of keys and
    `history` (the published one) lead from one to the other.
    """
    try:
        parcel = Parcel(file)
    except Torn as torn:
        raise Wrong(torn.item, "container", str(torn)) from None
    try:
        return _verified(parcel, key, witnesses, history)
    except Torn as torn:
        raise Wrong(torn.item, "container", str(torn)) from None


def _verified(parcel: Parcel, key: Verifier, witnesses: Sequence[Verifier], history: str) -> Found:
    keys = _keys(parcel, key, history)
    manifest, speaks = _manifest(parcel, keys)
    _files(parcel, manifest)
    tree, named = _register(parcel, keys, witnesses)
    with _step(MANIFEST, "manifest"):
        if manifest["tree"] != tree.size or manifest["log"] != tree.origin:
            raise BadNote("it names another register than the checkpoint")
        succession.allowed(speaks, tree.size)
    acts = _acts(parcel, keys, tree)
    return Found(
        log=tree.origin, reference=manifest["reference"], made=manifest["made"], tree=tree,
        originals=tuple(_originals(manifest, acts)), acts=len(acts), witnesses=named,
    )  # fmt: skip


def _keys(parcel: Parcel, key: Verifier, history: str) -> list[Trusted]:
    with _step(KEYS, "keys"):
        rows = succession.parsed(_text(parcel, KEYS))
    with _step("the published history of keys", "keys"):
        return succession.ring(key, [*rows, *succession.parsed(history)])


def _manifest(parcel: Parcel, keys: Sequence[Trusted]) -> tuple[dict[str, Any], Trusted]:
    with _step(NOTE, "manifest"):
        signed = notes.parse(_text(parcel, NOTE))
        speaks = succession.speaker(signed, keys)
        raw = parcel.read(MANIFEST) if _has(parcel, MANIFEST) else b""
    with _step(MANIFEST, "manifest"):
        manifest = _json(raw)
        said = _said(raw, manifest["log"], manifest["reference"], manifest["made"])
        if manifest["format"] != HEAD or signed.text != said or len(signed.lines) != 1:
            raise BadNote("it is not what was signed")
    return manifest, speaks


def _files(parcel: Parcel, manifest: dict[str, Any]) -> None:
    listed = {row["name"]: row for row in manifest["files"]}
    there = {one.name for one in parcel.parts}
    for name in sorted(there ^ {*listed, MANIFEST, NOTE}):
        raise Wrong(name, "file", "it is missing" if name in listed else "nobody listed it")
    for one in parcel.parts:
        row = listed.get(one.name)
        if row is None:
            continue
        digest = hashlib.sha256()
        for piece in parcel.chunks(one.name):
            digest.update(piece)
        if row["size"] != one.size or row["sha256"] != digest.hexdigest():
            raise Wrong(one.name, "file", "it is not the file that was listed: another hash")


def _register(
    parcel: Parcel, keys: Sequence[Trusted], witnesses: Sequence[Verifier]
) -> tuple[Checkpoint, tuple[str, ...]]:
    with _step(CHECKPOINT, "register"):
        signed = notes.parse(_text(parcel, CHECKPOINT))
        tree = Checkpoint.parse(signed.text)
        succession.allowed(_spoken(signed, keys, tree), tree.size)
        return tree, tuple(row.name for row in witnesses if signed.by(row) is not None)


def _spoken(signed: Note, keys: Sequence[Trusted], tree: Checkpoint) -> Trusted:
    speaks = succession.speaker(signed, keys)
    if speaks.key.name != tree.origin:
        raise BadNote("a checkpoint of another register")
    return speaks


def _acts(parcel: Parcel, keys: Sequence[Trusted], tree: Checkpoint) -> list[dict[str, Any]]:
    """Each act as {event, facts, position}: in the register, and what it is said to be."""
    with _step(CUSTODY, "custody"):
        rows = _json(parcel.read(CUSTODY))
        proofs = {one.name for one in parcel.parts if one.name.startswith("custody/")}
        if not isinstance(rows, list) or {row["proof"] for row in rows} != proofs:
            raise BadNote("acts and proofs do not belong together")
    return [_act(parcel, row, keys, tree) for row in rows]


def _act(
    parcel: Parcel, row: dict[str, Any], keys: Sequence[Trusted], tree: Checkpoint
) -> dict[str, Any]:
    name = row["proof"]
    with _step(name, "custody"):
        proof = Proof.parse(_text(parcel, name))
        if Checkpoint.parse(proof.checkpoint.text) != tree:
            raise BadNote("it stands under another checkpoint")
        speaks = _spoken(proof.checkpoint, keys, tree)
        proof.verify(commitments.opened(proof.extra), speaks.key)
        event = json.loads(proof.extra[commitments.SALT :])
        opened = commitments.commitment(decoded(row["hidden"]), row["facts"].encode())
        if encoded(opened) != event["facts"]:
            raise BadNote("the facts are not those that stand in the register")
        facts = json.loads(row["facts"])
        words = row["words"]
        if facts.get("said", "") != ((words and custody.words_digest(facts["act"], **words)) or ""):
            raise BadNote("the words are not those that were written down then")
    return {"event": event, "facts": facts, "position": proof.index}


def _originals(manifest: dict[str, Any], acts: list[dict[str, Any]]) -> Iterator[Original]:
    """Hash at capture, in the register since then; copies as they were made."""
    listed = {row["name"]: row for row in manifest["files"]}
    came = {act["event"]["subject"]: act for act in acts if act["event"]["what"] == TAKEN_IN}
    copied = {act["event"]["subject"]: act for act in acts if act["event"]["what"] == COPIED}
    for row in manifest["evidence"]:
        with _step(row["original"], "custody"):
            sha256, act = listed[row["original"]]["sha256"], came.get(row["id"])
            if act is not None and act["facts"]["sha256"] != sha256:
                raise BadNote("another file came in than the one that lies here")
            made = copied.get(row["id"])
            if made and row["copy"] and made["facts"]["copy"] != listed[row["copy"]]["sha256"]:
                raise BadNote("its copy is another one than was made")
            yield Original(
                name=row["original"], sha256=sha256, since=act["position"] if act else None,
                received=act["event"]["at"] if act else row["received"],
            )  # fmt: skip


@contextmanager
def _step(item: str, step: str) -> Iterator[None]:
    try:
        yield
    except BadNote as bad:
        raise Wrong(item, step, str(bad)) from None
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        raise Wrong(item, step, "it does not have the shape it must have") from None


def _said(manifest: bytes, log: str, reference: str, made: str) -> str:
    digest = encoded(hashlib.sha256(manifest).digest())
    return f"{HEAD}\nlog {log}\nreference {reference}\nmade {made}\nmanifest {digest}\n"


def _has(parcel: Parcel, name: str) -> bool:
    return any(one.name == name and one.size <= MOST_TEXT for one in parcel.parts)


def _text(parcel: Parcel, name: str) -> str:
    if not _has(parcel, name):
        raise BadNote("it is missing, or far too large")
    return parcel.read(name).decode()


def _json(raw: bytes) -> Any:
    found = json.loads(raw)
    if commitments.written(found) != raw:
        raise BadNote("it is not written in the one way it may be")
    return found
