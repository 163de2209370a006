"""Keys of the cast and of its desks: what their browsers would have made, made here by Python.

Only here the program sees private halves, of people who were invented; they are not kept.
"""

from __future__ import annotations

import secrets
from base64 import b64encode
from datetime import datetime
from uuid import UUID

import pyrage
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from mohalla.foundation.keys import actions
from mohalla.foundation.keys import queries as keys
from mohalla.foundation.keys.actions import Box, NewDeskKey
from mohalla.foundation.keys.models import OfficerKey
from mohalla.foundation.keys.rules import holding
from mohalla.foundation.keys.rules.phrase import SHOWN
from mohalla.foundation.people.models import Officer
from mohalla.foundation.units import queries as units

WORK = 10  # 2**10: quick, for a phrase that everybody reads on the screen
COLUMNS = 64
OVERFLOW, FIELD = 0x100, 0x11B  # of the field in which shares are computed, as in AES


def make(*, at: datetime) -> int:
    """A key for each officer, one for each desk with somebody at it; how many desks."""
    for officer in Officer.objects.order_by("pk"):
        own = pyrage.x25519.Identity.generate()
        box = Box(sealed=behind_phrase(str(own), SHOWN))
        actions.make_officer_key(
            officer=officer.pk, recipient=str(own.to_public()), boxes=[box], at=at
        )
    directory, made = units.directory(), 0
    keyed = {row.officer_id: row for row in OfficerKey.objects.filter(revoked_at=None)}
    for unit in directory.units:
        here = [keyed[one] for one in sorted(holding.members(directory, unit, at))]
        if here:
            new = _desk_key(here, keys.keepers_for(unit, at=at))
            actions.make_desk_key(officer=here[0].officer_id, unit=unit, new=new, at=at)
            made += 1
    return made


def _desk_key(members: list[OfficerKey], keepers: list[OfficerKey]) -> NewDeskKey:
    identity = pyrage.x25519.Identity.generate()
    parts = split(str(identity).encode(), len(keepers), holding.NEEDED) if keepers else []
    written = [b64encode(part).rstrip(b"=").decode() for part in parts]
    return NewDeskKey(
        recipient=str(identity.to_public()),
        boxes={row.pk: _sealed(str(identity), row) for row in members},
        shares=_shares(keepers, written),
    )


def _shares(keepers: list[OfficerKey], written: list[str]) -> dict[UUID, str]:
    return {row.pk: _sealed(part, row) for row, part in zip(keepers, written, strict=True)}


def _sealed(text: str, to: OfficerKey) -> str:
    recipient = pyrage.x25519.Recipient.from_str(to.recipient)
    return str(pyrage.encrypt(text.encode(), [recipient], armored=True).decode())


def split(secret: bytes, parts: int, needed: int) -> list[bytes]:
    """Shamir's shares as the browser's library writes them: the values, then the place."""
    lines = [[byte, *secrets.token_bytes(needed - 1)] for byte in secret]
    return [
        bytes(_value(line, place) for line in lines) + bytes([place])
        for place in range(1, parts + 1)
    ]


def _value(line: list[int], place: int) -> int:
    found = 0
    for factor in reversed(line):
        found = _product(found, place) ^ factor
    return found


def _product(one: int, other: int) -> int:
    found = 0
    while other:
        found ^= one if other & 1 else 0
        one <<= 1
        one ^= FIELD if one & OVERFLOW else 0
        other >>= 1
    return found


def behind_phrase(text: str, phrase: str) -> str:
    """An age file behind a phrase (age-encryption.org/v1, scrypt) with little work: pyrage lets
    nobody choose how much, and eighteen of its own would take as many seconds."""
    key, salt, nonce = (secrets.token_bytes(16) for _ in range(3))
    label = b"age-encryption.org/v1/scrypt"
    digits = phrase.replace(" ", "").encode()
    wrap = Scrypt(salt=label + salt, length=32, n=2**WORK, r=8, p=1).derive(digits)
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), key, None)
    head = f"age-encryption.org/v1\n-> scrypt {_plain(salt)} {WORK}\n{_plain(body)}\n---".encode()
    mac = hmac.HMAC(_derived(key, b"", b"header"), hashes.SHA256())
    mac.update(head)
    sealed = ChaCha20Poly1305(_derived(key, nonce, b"payload")).encrypt(
        bytes(11) + b"\x01", text.encode(), None
    )
    file = b64encode(head + f" {_plain(mac.finalize())}\n".encode() + nonce + sealed).decode()
    lines = [file[start : start + COLUMNS] for start in range(0, len(file), COLUMNS)]
    marks = ("-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----")
    return "\n".join([marks[0], *lines, marks[1]]) + "\n"


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=info).derive(key)


def _plain(raw: bytes) -> str:
    return b64encode(raw).rstrip(b"=").decode()
