"""A new key for the log: the old one says so, and what stands is signed by both."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings

from mohalla.foundation import durable, keyfiles
from mohalla.foundation.ledger import key
from mohalla.foundation.ledger.actions.record import record
from mohalla.foundation.ledger.rules import commitments, succession
from mohalla.foundation.ledger.rules.encoding import decoded, encoded
from mohalla.foundation.ledger.rules.notes import ED25519, Note, Signer

HISTORY = "keys.json"  # see `key.history`


class NoLog(Exception):
    """There is nothing yet that a key could hand over."""


def rotate(*, by: str, at: datetime) -> Signer:
    """Killed anywhere and called again, it goes on with the same new key. Raises `Busy`, `NoLog`.

    Processes that run keep the old key in memory: nothing else of this home may run meanwhile.
    """
    old, log = key.signer(), key.store()
    place = settings.KEYS_DIR / "log.next"
    with log.locked():
        tree = log.tree(old.verifier)
        if tree is None:
            raise NoLog
        secret, name = keyfiles.kept(
            place, lambda: f"{encoded(secrets.token_bytes(32))} {old.name}"
        ).split(" ", 1)
        new = Signer(name, ED25519, decoded(secret))
        history = key.history()
        made = succession.signed(old, new, at=commitments.moment(at), size=tree.size)
        before = zip(key.notes_of(history), succession.parsed(history), strict=True)
        rows = [
            note for note, row in before if row.new != new.verifier
        ]  # of a try that was cut off
        durable.replace(log.folder / HISTORY, succession.written([*rows, str(made)]).encode())
        for cosigned in (False, True):
            note = log.checkpoint(old.verifier, cosigned=cosigned)
            if note is not None and note.by(new.verifier) is None:
                both = Note(note.text, (*note.lines, new.line(note.text)))
                log.publish(both, cosigned=cosigned)
        place.replace(settings.KEYS_DIR / "log")
        durable.sync(settings.KEYS_DIR)
        key.forget()
    record(
        what="log key handed over", room="ledger", subject="-", by=by, at=at,
        old=str(old.verifier), new=str(new.verifier),
    )  # fmt: skip
    return new
