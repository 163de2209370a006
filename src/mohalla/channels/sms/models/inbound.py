"""A text as it came from a phone, kept before anybody looks at it."""

from __future__ import annotations

from datetime import datetime

import uuid_utils.compat as uuid
from django.db import models


class InboundState(models.TextChoices):
    """received: durable, nobody has looked at it yet. failed: tried too often, staff must look."""

    RECEIVED = "received"
    HANDLED = "handled"
    FAILED = "failed"


class InboundQuerySet(models.QuerySet["Inbound"]):
    """Reads on inbound texts."""

    def due(self, at: datetime) -> InboundQuerySet:
        """Received, not yet handled, and not resting after a failure; oldest first."""
        return self.filter(state=InboundState.RECEIVED, next_try_at__lte=at).order_by(
            "received_at", "id"
        )


class Inbound(models.Model):
    """`raw` is the user data exactly as sent, in `data_coding`; `text` is our reading of it.

    `dedup_key` is unique: a carrier that delivers twice makes one row, and `copies` counts.
    `repeats` is an earlier equal text of the same phone: a link for whoever reads, never a drop.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    sender = models.CharField(max_length=32, blank=True)
    recipient = models.CharField(max_length=32, blank=True)
    text = models.TextField(blank=True)
    raw = models.BinaryField(null=True)
    data_coding = models.SmallIntegerField(null=True)
    pdu = models.BinaryField(null=True)
    carrier_id = models.CharField(max_length=80, blank=True)
    fingerprint = models.CharField(max_length=64)
    dedup_key = models.CharField(max_length=160, unique=True)
    copies = models.PositiveIntegerField(default=1)
    repeats = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    parts_total = models.PositiveSmallIntegerField(default=1)
    parts_arrived = models.PositiveSmallIntegerField(default=1)
    received_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=InboundState.choices, default=InboundState.RECEIVED
    )
    handled_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)

    objects = InboundQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="received"),
                name="sms_inbound_due",
            ),
            models.Index(fields=["sender", "received_at"], name="sms_inbound_sender"),
            models.Index(fields=["fingerprint", "received_at"], name="sms_inbound_print"),
        ]

    def __str__(self) -> str:
        return f"inbound {self.id} ({self.state})"

    @property
    def is_whole(self) -> bool:
        """False where parts of a long text never came."""
        return self.parts_arrived >= self.parts_total
