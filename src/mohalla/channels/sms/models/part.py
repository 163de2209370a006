"""A piece of a long text, waiting for the others."""

from __future__ import annotations

import uuid_utils.compat as uuid
from django.db import models

from mohalla.channels.sms.models.inbound import Inbound


class Part(models.Model):
    """`series` names the long text (phone, our number, reference, how many); scoped to its sender.

    Open while `inbound` is empty. `dedup_key` is unique, so a part that comes twice is one row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    series = models.CharField(max_length=120)
    sender = models.CharField(max_length=32, blank=True)
    recipient = models.CharField(max_length=32, blank=True)
    reference = models.PositiveIntegerField()
    total = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    data_coding = models.SmallIntegerField()
    payload = models.BinaryField()
    pdu = models.BinaryField(null=True)
    fingerprint = models.CharField(max_length=64)
    dedup_key = models.CharField(max_length=100, unique=True)
    received_at = models.DateTimeField()
    inbound = models.ForeignKey(Inbound, null=True, on_delete=models.CASCADE, related_name="parts")

    class Meta:
        indexes = [
            models.Index(fields=["series", "received_at"], name="sms_part_series"),
            models.Index(
                fields=["received_at"],
                condition=models.Q(inbound__isnull=True),
                name="sms_part_open",
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.number} of {self.total}"
