"""What the carrier says became of a part, kept as it came."""

from __future__ import annotations

import uuid_utils.compat as uuid
from django.db import models

from mohalla.channels.sms.models.delivery import SentPart


class DeliveryReceipt(models.Model):
    """May come before the carrier's own answer to our submission, twice, or for an unknown id:

    it is always kept, and matched as soon as its part is known."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    carrier_id = models.CharField(max_length=80, db_index=True)
    fate = models.CharField(max_length=9)
    detail = models.CharField(max_length=160, blank=True)
    pdu = models.BinaryField()
    fingerprint = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    part = models.ForeignKey(
        SentPart, null=True, on_delete=models.SET_NULL, related_name="receipts"
    )

    def __str__(self) -> str:
        return f"receipt {self.id} ({self.fate})"
