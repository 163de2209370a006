"""Pure: what may be done with a piece of evidence, and how its words stand in the log."""

from __future__ import annotations

import hashlib

from mohalla.foundation.ledger.rules.commitments import written
from mohalla.foundation.ledger.rules.encoding import encoded

HANDED, RETURNED = "evidence handed over", "evidence came back"
CHECKED, ADDED, HANDSET = "evidence checked", "evidence added", "handset kept by owner"
ACTS = {
    "handed": HANDED, "returned": RETURNED, "checked": CHECKED, "added": ADDED, "handset": HANDSET,
}  # fmt: skip
BUNDLED = "evidence bundled"  # a bundle left; the next bundle says so


class CustodyRefused(Exception):
    """`reason`: who, to_whom, ahead, before, file, not_out, own."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def words_digest(key: str, *, person: str, number: str, note: str) -> str:
    """What the log holds of the words of an act; `key` is random enough to hide them."""
    words = written({"key": key, "person": person, "number": number, "note": note})
    return encoded(hashlib.sha256(words).digest())
