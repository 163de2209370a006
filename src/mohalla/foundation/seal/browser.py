"""What was sealed on somebody's own device: age files (age-encryption.org/v1), never opened here.

We can look at the outside only: who wrote the header, for how many keys, how long it is. A text is
armoured; that is also how pages and actions tell it from words that they can read.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

MARK = "-----BEGIN AGE ENCRYPTED FILE-----"
END = "-----END AGE ENCRYPTED FILE-----"
VERSION = b"age-encryption.org/v1"
HEAD = 8_192  # bytes in which a header must end
MOST_KEYS = 16  # a thousand keep a reader busy for seconds
STEP = 1_024  # short texts are filled up to whole ones of these
NONCE, TAG, CHUNK = 16, 16, 65_536
_LINE = 64


class Malformed(Exception):
    """Not an age file for X25519 keys as our pages make them."""


@dataclass(frozen=True)
class Outside:
    """`keys`: for how many it was sealed; `size`: bytes inside, filling and all."""

    keys: int
    size: int


def is_sealed(text: str) -> bool:
    """Whether this text was sealed on a device."""
    return text.lstrip().startswith(MARK)


def looked_at(armoured: str) -> Outside:
    """The outside of a sealed text; raises `Malformed`."""
    return outside(unarmoured(armoured))


def unarmoured(armoured: str) -> bytes:
    """The age file in it. Strict, as age itself: nothing before, behind or between."""
    lines = armoured.strip().replace("\r\n", "\n").split("\n")
    if lines[0] != MARK or lines[-1] != END or any(len(line) > _LINE for line in lines[1:-1]):
        raise Malformed("not armoured")
    try:
        return base64.b64decode("".join(lines[1:-1]), validate=True)
    except binascii.Error:
        raise Malformed("not armoured") from None


def outside(file: bytes, size: int | None = None) -> Outside:
    """The outside of an age file; of a long one its beginning and its `size` are enough."""
    lines = file[:HEAD].split(b"\n")
    if lines[0] != VERSION:
        raise Malformed("not an age file")
    end = next((at for at, line in enumerate(lines) if line.startswith(b"--- ")), None)
    if end is None:
        raise Malformed("a header without an end")
    stanzas = [line.split(b" ") for line in lines[1:end] if line.startswith(b"-> ")]
    # some implementations add one that means nothing, to keep readers from relying on its absence
    stanzas = [each for each in stanzas if not each[1].endswith(b"-grease")]
    if not 0 < len(stanzas) <= MOST_KEYS or any(each[1:2] != [b"X25519"] for each in stanzas):
        raise Malformed("sealed for other keys than ours")
    header = sum(len(line) + 1 for line in lines[: end + 1])
    inside = (len(file) if size is None else size) - header - NONCE
    chunks = -(-inside // (CHUNK + TAG))
    if inside < TAG:
        raise Malformed("nothing in it")
    return Outside(keys=len(stanzas), size=inside - chunks * TAG)


def filled(size: int) -> int:
    """To what length `size` bytes are filled up: whole kilobytes, then by at most 12 % (Padmé,
    Nikitin and others, PoPETs 2019). `browser/src/envelope.js` does the same."""
    if size <= 16 * STEP:
        return max(1, -(-size // STEP)) * STEP
    exponent = size.bit_length() - 1
    step: int = 2 ** (exponent - (exponent.bit_length() - 1) - 1)
    return -(-size // step) * step
