"""One act that happened."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.identifiers import new_key


class Entry(models.Model):
    """Append-only: who did what to what, when. No content and no personal data in `facts`.

    No foreign keys, so that no deletion elsewhere can take it along.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    at = models.DateTimeField()
    what = models.CharField(max_length=40)
    room = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    by = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["room", "subject", "at"], name="ledger_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what} {self.subject}"
