"""Signed notes (c2sp.org/signed-note) and witnesses' cosignatures (c2sp.org/tlog-cosignature)."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mohalla.foundation.ledger.rules.encoding import BadNote, decoded, encoded

ED25519, COSIGNATURE = 1, 4
DASH = "— "
MOST_SIGNATURES = 64
NAME = re.compile(r"[^\s+]+")


@dataclass(frozen=True)
class Verifier:
    """A key that is trusted: its name, its kind, 32 bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        head = self.name.encode() + b"\n" + bytes([self.kind])
        return hashlib.sha256(head + self.public).digest()[:4]

    def __str__(self) -> str:
        """The `vkey` of the specification: `name+id+key`."""
        return f"{self.name}+{self.key_id.hex()}+{encoded(bytes([self.kind]) + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """From a `vkey`; raises `BadNote`."""
        parts = text.strip().split("+", 2)
        if len(parts) != 3:
            raise BadNote("not a verifier key: name+id+key is wanted")
        name, key_id, raw = parts[0], parts[1], decoded(parts[2])
        if not NAME.fullmatch(name) or len(raw) != 33 or raw[0] not in (ED25519, COSIGNATURE):
            raise BadNote("a verifier key of a kind that is not known")
        found = cls(name, raw[0], raw[1:])
        if found.key_id.hex() != key_id:
            raise BadNote("the verifier key was mistyped: its parts do not belong together")
        return found

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this is our signature under the text; `signature` without the key's id."""
        message = text.encode()
        if self.kind == COSIGNATURE:
            if len(signature) != 72:
                return False
            message = cosigned(text, int.from_bytes(signature[:8], "big"))
            signature = signature[8:]
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A key of our own: 32 secret bytes."""

    name: str
    kind: int
    secret: bytes

    @property
    def verifier(self) -> Verifier:
        key = Ed25519PrivateKey.from_private_bytes(self.secret).public_key()
        return Verifier(self.name, self.kind, key.public_bytes_raw())

    def line(self, text: str, *, time: int = 0) -> str:
        """Our signature line under `text`; `time` (seconds) is said by cosignatures only."""
        key = Ed25519PrivateKey.from_private_bytes(self.secret)
        if self.kind == COSIGNATURE:
            raw = time.to_bytes(8, "big") + key.sign(cosigned(text, time))
        else:
            raw = key.sign(text.encode())
        return f"{DASH}{self.name} {encoded(self.verifier.key_id + raw)}\n"


@dataclass(frozen=True)
class Note:
    """Text with its final newline, and the signature lines under it, each with its newline."""

    text: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(self.lines)}"

    def by(self, key: Verifier) -> str | None:
        """The line of this key, or None; a line that claims to be its and is not: `BadNote`."""
        for line in self.lines:
            name, raw = _line(line)
            if name == key.name and raw[:4] == key.key_id:
                if not key.signed(self.text, raw[4:]):
                    raise BadNote(f"the signature of {name} is not genuine")
                return line
        return None


def parse(content: str) -> Note:
    """A note with at least one signature line; nothing is verified yet. Raises `BadNote`."""
    text, blank, tail = content.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise BadNote("not a signed note")
    if any(ord(letter) < 0x20 and letter != "\n" for letter in content):
        raise BadNote("control characters in a note")
    lines = tuple(f"{line}\n" for line in tail.removesuffix("\n").split("\n"))
    if len(lines) > MOST_SIGNATURES:
        raise BadNote("too many signatures")
    for line in lines:
        _line(line)
    return Note(f"{text}\n", lines)


def opened(content: str, key: Verifier) -> Note:
    """The note if `key` signed it; else `BadNote`."""
    note = parse(content)
    if note.by(key) is None:
        raise BadNote(f"not signed by {key.name}")
    return note


def sign(text: str, *signers: Signer) -> Note:
    """`text` must end with a newline."""
    return Note(text, tuple(signer.line(text) for signer in signers))


def cosigned(text: str, time: int) -> bytes:
    """What a witness signs: that it saw this as the largest tree at `time`."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def time_of(line: str) -> int:
    """Seconds since 1970 that a cosignature line states."""
    return int.from_bytes(_line(line)[1][4:12], "big")


def _line(line: str) -> tuple[str, bytes]:
    name, space, signature = line.removeprefix(DASH).removesuffix("\n").rpartition(" ")
    if not line.startswith(DASH) or not space or not NAME.fullmatch(name):
        raise BadNote("a line that is no signature")
    raw = decoded(signature)
    if len(raw) < 5:
        raise BadNote("a signature that is too short")
    return name, raw
