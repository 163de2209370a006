"""What a device may send as sealed words: the outside of it, which is all that we can look at."""

from __future__ import annotations

import re
from uuid import UUID

from mohalla.foundation.reports.submission import SealedWords
from mohalla.foundation.seal import browser

MOST = 128 * 1024  # bytes inside an envelope: 20,000 letters of any script, and the answers
KEY = 512  # bytes inside a sealed key
_TOKEN = re.compile(r"[0-9a-f]{64}")
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class NotSealed(Exception):
    """Not what our own page makes; nothing of it is kept."""


def check(sealed: SealedWords) -> None:
    """Raises `NotSealed`. Whether the keys are the right ones is asked elsewhere."""
    if not _TOKEN.fullmatch(sealed.token) or not _RECIPIENT.fullmatch(sealed.recipient):
        raise NotSealed("token or recipient")
    _filled(sealed.envelope)
    if sealed.identity:
        _filled(sealed.identity)
    for _desk, armoured in sealed.keys:
        if _outside(armoured).size > KEY:
            raise NotSealed("a key of that length")


def keys(given: object) -> dict[UUID | None, str]:
    """`{"": armour, "<desk key>": armour, …}` as a page sends it; raises `NotSealed`."""
    if not isinstance(given, dict) or not 1 < len(given) <= browser.MOST_KEYS:
        raise NotSealed("keys")
    try:
        found = {UUID(name) if name else None: each for name, each in given.items()}
    except ValueError:
        raise NotSealed("keys") from None
    if not all(isinstance(each, str) for each in found.values()):
        raise NotSealed("keys")
    return found


def words(armoured: str) -> None:
    """One text of a sealed conversation; raises `NotSealed`."""
    _filled(armoured)


def _filled(armoured: str) -> None:
    size = _outside(armoured).size
    if size > MOST or size != browser.filled(size):
        raise NotSealed("not filled up as our pages do")


def _outside(armoured: str) -> browser.Outside:
    if len(armoured) > 2 * MOST:
        raise NotSealed("too long")
    try:
        found = browser.looked_at(armoured)
    except browser.Malformed as why:
        raise NotSealed(str(why)) from None
    if found.keys != 1:
        raise NotSealed("sealed for more than one key")
    return found
