"""A witness: it signs that the log it sees is the one it saw before, only longer.

A university, a bar association or a newspaper runs one (`mohalla witness`); it needs no database
and sees no personal data. It speaks c2sp.org/tlog-witness, so that a witness made by somebody else
does as well, and this one serves other logs too.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any

from mohalla.foundation import durable, keyfiles
from mohalla.foundation.ledger.rules import merkle, notes
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import BadNote, decoded, encoded, hash_of, number
from mohalla.foundation.ledger.rules.notes import COSIGNATURE, Note, Signer, Verifier

LARGEST = 64 * 1024  # bytes of a request
MOST_HASHES = 63
SIZE = "text/x.tlog.size"
PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    status: int
    body: str
    content_type: str = PLAIN


class Refused(Exception):
    """Carries the answer."""

    def __init__(self, status: int, body: str, content_type: str = PLAIN) -> None:
        super().__init__(body)
        self.answer = Answer(status, body, content_type)


@dataclass(frozen=True)
class Witness:
    """`folder` holds `key`, `logs` (a verifier key a line), `seen/` and `evidence/`."""

    folder: Path

    @property
    def signer(self) -> Signer:
        secret, _space, name = keyfiles.kept(self.folder / "key", _no_key).partition(" ")
        return Signer(name, COSIGNATURE, decoded(secret))

    def begin(self, name: str) -> Signer:
        """Make the key, once; the name is an address without `https://`."""
        if not notes.NAME.fullmatch(name):
            raise BadNote("a name has no spaces and no +")
        keyfiles.kept(self.folder / "key", lambda: f"{encoded(secrets.token_bytes(32))} {name}")
        return self.signer

    def trust(self, key: str) -> Verifier:
        """From now on this log is watched."""
        found = Verifier.parse(key)
        with (self.folder / "logs").open("a") as out:
            out.write(f"{found}\n")
        return found

    def add_checkpoint(self, body: str, *, now: int) -> Answer:
        """The one call there is: old size, proof, checkpoint; the answer is our signature line."""
        try:
            old, proof, note = _read(body)
            tree = Checkpoint.parse(note.text)
            self._known(note, tree)
            with self._seen(tree.origin) as seen:
                self._consistent(seen.tree, old, tree, proof, body)
                seen.keep(note)
        except Refused as refused:
            return refused.answer
        except BadNote as bad:
            return Answer(400, f"{bad}\n")
        return Answer(200, self.signer.line(note.text, time=now))

    def _known(self, note: Note, tree: Checkpoint) -> None:
        try:
            lines = (self.folder / "logs").read_text().split()
        except FileNotFoundError:
            lines = []
        keys = [key for key in map(Verifier.parse, lines) if key.name == tree.origin]
        if not keys:
            raise Refused(404, "this log is not watched here\n")
        try:
            if not any(note.by(key) for key in keys):
                raise Refused(403, "not signed by the log\n")
        except BadNote:
            raise Refused(403, "not signed by the log\n") from None

    def _consistent(
        self, seen: Checkpoint | None, old: int, tree: Checkpoint, proof: list[bytes], body: str
    ) -> None:
        if old > tree.size:
            raise Refused(400, "the old size is larger than the new one\n")
        last = seen.size if seen is not None else 0
        if old != last:
            raise Refused(409, f"{last}\n", SIZE)
        before = seen.root if seen is not None else merkle.EMPTY
        try:
            merkle.verify_consistency(old, tree.size, before, tree.root, proof)
        except merkle.Wrong as wrong:
            self._evidence(body)
            if old == tree.size:
                raise Refused(409, f"{last}\n", SIZE) from None
            raise Refused(422, f"{wrong}\n") from None

    def _evidence(self, body: str) -> None:
        """What the log signed and cannot defend is kept."""
        folder = self.folder / "evidence"
        folder.mkdir(mode=0o700, exist_ok=True)
        name = hashlib.sha256(body.encode()).hexdigest()[:32]
        (folder / name).write_text(body)

    @contextmanager
    def _seen(self, origin: str) -> Iterator[Seen]:
        folder = self.folder / "seen"
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / hashlib.sha256(origin.encode()).hexdigest()[:32]
        handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield Seen(path)
        finally:
            os.close(handle)


@dataclass(frozen=True)
class Seen:
    """The largest tree of one log that we signed; read and replaced under its lock."""

    path: Path

    @property
    def tree(self) -> Checkpoint | None:
        try:
            return Checkpoint.parse(notes.parse(self.path.read_text()).text)
        except FileNotFoundError:
            return None

    def keep(self, note: Note) -> None:
        """On disk before anybody gets our signature."""
        durable.replace(self.path, str(note).encode())


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI; the folder comes from MOHALLA_WITNESS."""
    answer = _answered(environ, Witness(Path(os.environ["MOHALLA_WITNESS"])))
    body = answer.body.encode()
    reason = {200: "OK", 404: "Not Found", 409: "Conflict"}.get(answer.status, "Refused")
    headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(body)))]
    start_response(f"{answer.status} {reason}", headers)
    return [body]


def _answered(environ: dict[str, Any], witness: Witness) -> Answer:
    if environ.get("PATH_INFO") != "/add-checkpoint":
        return Answer(404, "POST to /add-checkpoint\n")
    if environ.get("REQUEST_METHOD") != "POST":
        return Answer(405, "POST\n")
    given = str(environ.get("CONTENT_LENGTH") or "")
    if not given.isdecimal() or int(given) > LARGEST:
        return Answer(413, "too large, or without a length\n")
    try:
        body = environ["wsgi.input"].read(int(given)).decode()
    except UnicodeDecodeError:
        return Answer(400, "not UTF-8\n")
    return witness.add_checkpoint(body, now=int(time()))


def _read(body: str) -> tuple[int, list[bytes], Note]:
    head, blank, note = body.partition("\n\n")
    first, *lines = head.split("\n")
    if not blank or not first.startswith("old ") or len(lines) > MOST_HASHES:
        raise BadNote("old size, proof, empty line and checkpoint are wanted")
    return number(first.removeprefix("old ")), [hash_of(line) for line in lines], notes.parse(note)


def _no_key() -> str:
    raise BadNote("no key here yet: `mohalla witness begin`")
