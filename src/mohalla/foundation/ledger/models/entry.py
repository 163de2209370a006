"""One act that happened."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.ledger.rules import commitments
from mohalla.foundation.ledger.rules.encoding import encoded


def new_salt() -> bytes:
    """What hides the act in its leaf, and the facts in the act."""
    return secrets.token_bytes(2 * commitments.SALT)


class Entry(models.Model):
    """Append-only: who did what to what, when. No content and no personal data in `facts`.

    No foreign keys, so that no deletion elsewhere can take it along. `position` is its place in the
    log; one without is laid there within seconds.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    at = models.DateTimeField()
    what = models.CharField(max_length=40)
    room = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    by = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    salt = models.BinaryField(default=new_salt)
    position = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["room", "subject", "at"], name="ledger_subject"),
            models.Index(
                fields=["by", "at"],
                condition=models.Q(what="case read"),
                name="ledger_readings",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what} {self.subject}"

    def event(self) -> dict[str, Any]:
        """What the leaf commits to, and what may be shown to prove it.

        Of `facts` (which may say what the matter is) only a hash, but for `words`: the digest of
        what was said, which its author opens, or a public key.
        """
        hidden, _shown = commitments.halves(bytes(self.salt))
        event = {
            "id": str(self.id),
            "at": commitments.moment(self.at),
            "what": self.what,
            "room": self.room,
            "subject": self.subject,
            "by": self.by,
            "facts": encoded(commitments.commitment(hidden, commitments.written(self.facts))),
        }
        return event | {"words": self.facts["words"]} if "words" in self.facts else event

    def opening(self) -> bytes:
        """Salt and event: whoever has them can compute the leaf."""
        return commitments.halves(bytes(self.salt))[1] + commitments.written(self.event())

    def leaf(self) -> bytes:
        """The entry of the log: 32 bytes."""
        return commitments.opened(self.opening())
