"""Keys, references and receipts.

* key: UUIDv7, made in the application, so that all rows of one act go out in a few statements;
* reference: seven symbols without 0, O, 1, I, safe to say aloud, says nothing about the report;
* receipt: twenty digits derived from a key outside database and backups, never stored; only its
  keyed HMAC is, so that the right paper finds the report and the database cannot print it;
* receipt of a report that was sealed on the sender's device: twenty digits that the device made.
  It sends us half of what it derives from them (the token) and keeps the half that opens the words;
* claim number: the same shape, for somebody who lost the receipt and asks for a new one.

The last two of the twenty digits check the others (ISO 7064, as in a bank account number): what is
left of a division by 97 says who made it, so that a page can tell a slip from a receipt, and one
that a device made never travels to us by mistake.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from uuid_utils import compat

from mohalla.foundation import keyfiles

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
REFERENCE_LENGTH = 7
LEAST_DIGITS = 2
RECEIPT_LENGTH = 20
CHECK, BY_DEVICE, BY_US = 97, 1, 2
TOKEN_LENGTH = 64  # hexadecimal digits
_TOKEN = re.compile(rf"[0-9a-f]{{{TOKEN_LENGTH}}}")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def new_key() -> UUID:
    """A fresh primary key, ordered by time."""
    return compat.uuid7()


def new_reference() -> str:
    """Seven random symbols, 17 thousand million of them, no order, no meaning.

    At least two are digits: never a word, and in a text always told from one ("HAAL K72MQXD"). The
    first is a letter: in a text from right to left a phone shows 7K2MQXD as K2MQXD7.
    """
    base = len(ALPHABET)
    while True:
        number = secrets.randbelow(base**REFERENCE_LENGTH)
        found = "".join(ALPHABET[number // base**place % base] for place in range(REFERENCE_LENGTH))
        digits = sum(symbol.isdigit() for symbol in found)
        if digits >= LEAST_DIGITS and found[0].isalpha():
            return found


def receipt_for(report: UUID, version: int) -> str:
    """The receipt of a report, derived again whenever it must be shown: 20 digits."""
    return _digits_of(_mac(b"receipt", f"{report.hex}:{version}".encode()))


def claim_for(claim: UUID) -> str:
    """The number of a request for a new receipt: 20 digits, found by `receipt_lookup` as well."""
    return _digits_of(_mac(b"claim", claim.bytes))


def words_salt(report: UUID) -> bytes:
    """Sixteen bytes that only the author of a report is told: they open the digest of the words."""
    return _mac(b"words", report.bytes)[:16]


def receipt_lookup(receipt: str) -> str:
    """What the database holds instead of the receipt: 64 hexadecimal digits."""
    return _mac(b"lookup", receipt.encode()).hex()


def normal_receipt(typed: str) -> str:
    """What finds the report: the digits, in any script and grouping, or the token of a device.

    Twenty digits that a device made are turned into their token, which takes a tenth of a second:
    a page without scripts could not do it. Anything else: a string that no report has.
    """
    sent = sent_on(typed)
    return sent if is_token(sent) else twenty_digits(sent)


def sent_on(typed: str) -> str:
    """What a page may carry further of a receipt that was typed: of a device's, its token only."""
    digits = twenty_digits(typed)
    return token_of(digits) if digits != "-" and made_by_device(digits) else typed


def twenty_digits(typed: str) -> str:
    """The digits, in any script and grouping; not twenty of them: `-`."""
    digits = re.sub(r"\D", "", typed.translate(_DIGITS))
    return digits if len(digits) == RECEIPT_LENGTH else "-"


def is_token(typed: str) -> bool:
    """Whether this is what a device sends instead of its receipt."""
    return _TOKEN.fullmatch(typed) is not None


def made_by_device(digits: str) -> bool:
    """Whether twenty digits were made on the sender's own device."""
    return int(digits) % CHECK == BY_DEVICE


def token_of(digits: str) -> str:
    """The half that a device sends of what it derives from its receipt; `browser/src/receipt.js`
    does the same."""
    derived = hashlib.scrypt(
        digits.encode(), salt=bytes.fromhex(receipt_salt()), n=1 << 15, r=8, p=1, dklen=64,
        maxmem=64 << 20,
    )  # fmt: skip
    return derived[:32].hex()


def receipt_salt() -> str:
    """Sixteen public bytes of this installation, in hexadecimal."""
    return _mac(b"salt", b"")[:16].hex()


def contact_lookup(value: str) -> str:
    """Keyed hash by which a phone number or address is found again, without storing it clear."""
    return _mac(b"contact", value.encode()).hex()


def drawn(key: UUID, *, one_in: int) -> bool:
    """Whether this one is in the sample: nobody without the key can tell beforehand."""
    return int.from_bytes(_mac(b"sample", key.bytes), "big") % one_in == 0


def spoken(receipt: str) -> str:
    """Groups of four, as printed and read aloud."""
    return " ".join(receipt[i : i + 4] for i in range(0, len(receipt), 4))


def _digits_of(digest: bytes) -> str:
    number = int.from_bytes(digest, "big") % 10 ** (RECEIPT_LENGTH - 2) * 100
    return f"{number + (BY_US - number) % CHECK:0{RECEIPT_LENGTH}d}"


def _mac(purpose: bytes, message: bytes) -> bytes:
    return hmac.digest(_receipt_key(settings.KEYS_DIR), purpose + b"\0" + message, hashlib.sha256)


@lru_cache(maxsize=4)
def _receipt_key(folder: Path) -> bytes:
    return bytes.fromhex(keyfiles.kept(folder / "receipt_key", lambda: secrets.token_hex(32)))
