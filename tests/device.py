"""A sender's device in Python: it seals as our pages do, with another implementation of age.

`Device()` makes a receipt; `sealed_for(desks)` is what its page would post.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyrage

from mohalla.foundation import identifiers
from mohalla.foundation.keys.models import DeskKey
from mohalla.foundation.people.models import Officer
from mohalla.foundation.seal import browser
from mohalla.foundation.units.models import Unit

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
MADE = datetime(2026, 1, 1, tzinfo=UTC)


def desk_key(unit: Unit, officer: Officer, *, version: int = 1) -> tuple[DeskKey, Any]:
    """A desk's key as its first member's browser would have made it: the row, the private half."""
    private = pyrage.x25519.Identity.generate()
    row = DeskKey.objects.create(
        unit=unit,
        version=version,
        recipient=str(private.to_public()),
        made_by=officer,
        made_at=MADE,
    )
    return row, private


def seal(text: str, recipient: str) -> str:
    """Filled up and armoured."""
    words = text.encode()
    full = words + bytes(browser.filled(len(words) + 1) - len(words))
    return encrypted(full, recipient)


def encrypted(content: bytes, recipient: str) -> str:
    sealed: bytes = pyrage.encrypt(
        content, [pyrage.x25519.Recipient.from_str(recipient)], armored=True
    )
    return sealed.decode().strip()


def opened(armoured: str, private: Any) -> str:
    content: bytes = pyrage.decrypt(armoured.encode(), [private])
    return content.rstrip(b"\0").decode()


def receipt() -> str:
    """Twenty digits as a device makes them."""
    head = secrets.randbelow(10**18) * 100
    return f"{head + (identifiers.BY_DEVICE - head) % identifiers.CHECK:020d}"


@dataclass
class Device:
    digits: str = field(default_factory=receipt)

    def __post_init__(self) -> None:
        derived = hashlib.scrypt(
            self.digits.encode(), salt=bytes.fromhex(identifiers.receipt_salt()), n=1 << 15, r=8,
            p=1, dklen=64, maxmem=64 << 20,
        )  # fmt: skip
        self.token = derived[:32].hex()
        self.mine = pyrage.x25519.Identity.from_str(
            _bech32("age-secret-key-", derived[32:]).upper()
        )
        self.report = pyrage.x25519.Identity.generate()

    @property
    def recipient(self) -> str:
        return str(self.report.to_public())

    def key_for(self, recipient: str) -> str:
        """The report's private key, sealed."""
        return encrypted(str(self.report).encode(), recipient)

    def post(
        self, told: dict[str, Any], desks: dict[str, Any], **open_fields: str
    ) -> dict[str, str]:
        """Fields of the page's request; `desks` as `/report/` answered to `go=keys`."""
        keys = {"": self.key_for(str(self.mine.to_public()))}
        keys |= {each["id"]: self.key_for(each["recipient"]) for each in desks["desks"]}
        fields = {
            "go": "seal", "token": self.token, "recipient": self.recipient,
            "envelope": seal(json.dumps(told), self.recipient), "keys": json.dumps(keys),
            "key": secrets.token_hex(16),
        }  # fmt: skip
        return fields | open_fields

    def identity(self, told: dict[str, str], bodies: dict[str, Any]) -> dict[str, str]:
        """Name and number in the second envelope."""
        inner = seal(json.dumps(told), bodies["inner"]["recipient"])
        return {
            "identity": seal(inner, bodies["outer"]["recipient"]),
            "inner": str(bodies["inner"]["unit"]), "outer": str(bodies["outer"]["unit"]),
        }  # fmt: skip


def _bech32(prefix: str, content: bytes) -> str:
    """BIP 173, as age writes keys."""
    number = int.from_bytes(content, "big") << (-len(content) * 8) % 5
    size = -(-len(content) * 8 // 5)
    data = [number >> 5 * at & 31 for at in reversed(range(size))]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _polymod([*spread, *data, *[0] * 6]) ^ 1
    data += [check >> 5 * at & 31 for at in reversed(range(6))]
    return prefix + "1" + "".join(_ALPHABET[each] for each in data)


def _polymod(values: list[int]) -> int:
    total = 1
    for value in values:
        top = total >> 25
        total = (total & 0x1FFFFFF) << 5 ^ value
        for at, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            total ^= part if top >> at & 1 else 0
    return total
