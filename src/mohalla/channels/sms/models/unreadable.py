"""Bytes from the carrier that nobody could read, kept so that nothing disappears."""

from __future__ import annotations

import uuid_utils.compat as uuid
from django.db import models


class Unreadable(models.Model):
    """At most 64 kB each; `why` says what was wrong, in our words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    pdu = models.BinaryField()
    why = models.CharField(max_length=200)
    received_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "unreadable"

    def __str__(self) -> str:
        return f"unreadable {self.id}: {self.why}"
