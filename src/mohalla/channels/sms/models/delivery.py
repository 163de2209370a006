"""A text that we owe a phone: the outbox."""

from __future__ import annotations

from datetime import datetime

import uuid_utils.compat as uuid
from django.db import models

from mohalla.foundation import seal


class DeliveryState(models.TextChoices):
    """sent: the carrier has it. refused: it will never go, by the carrier's or our own rule."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Reads on the outbox."""

    def due(self, at: datetime) -> DeliveryQuerySet:
        """Waiting and allowed to go now; oldest turn first."""
        return self.filter(state=DeliveryState.WAITING, next_try_at__lte=at).order_by(
            "next_try_at", "id"
        )


class Delivery(models.Model):
    """Saved before the carrier is called, corrected after it.

    `dedup_key` is unique: asking twice for the same news sends it once. `purpose` is a short word
    of the caller ("reply", "news", "reminder"), `subject` its own reference. `price_units` counts
    the parts that the carrier took, tries included. `sealed`: `text` holds a key to something
    (a receipt), so neither the database nor a backup may; read it by `words`. `safe_from`, `safe_to`:
    the hours in which it may go, asked at each try: a carrier that was away is no reason to ring at night.
    `gathers`: the language in which this and others to the same phone may be said in one text, where
    several are due at once; empty: it must go as it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    to = models.CharField(max_length=32, blank=True)
    text = models.TextField()
    sealed = models.BooleanField(default=False)
    gathers = models.CharField(max_length=8, blank=True)
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=80, blank=True)
    dedup_key = models.CharField(max_length=160, unique=True)
    made_at = models.DateTimeField()
    not_before = models.DateTimeField(null=True)
    safe_from = models.PositiveSmallIntegerField(null=True)
    safe_to = models.PositiveSmallIntegerField(null=True)
    expires_at = models.DateTimeField()
    state = models.CharField(
        max_length=9, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    sent_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    parts = models.PositiveSmallIntegerField(default=0)
    price_units = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(state="waiting"),
                name="sms_delivery_due",
            ),
            models.Index(
                fields=["claimed_at"],
                condition=models.Q(state="sending"),
                name="sms_delivery_sending",
            ),
            models.Index(fields=["to", "made_at"], name="sms_delivery_to"),
            models.Index(fields=["sent_at"], name="sms_delivery_sent"),
        ]

    def __str__(self) -> str:
        return f"delivery {self.id} ({self.state})"

    @property
    def words(self) -> str:
        """The text as it goes out."""
        return seal.unseal(self.text) if self.sealed and self.text else self.text

    @property
    def reference(self) -> int:
        """The concatenation reference: equal at every try."""
        return self.id.int & 0xFFFF


class SentPart(models.Model):
    """One part of a delivery as the carrier knows it; a retried delivery keeps its old parts."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="sent_parts")
    attempt = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    carrier_id = models.CharField(max_length=80, db_index=True)
    fate = models.CharField(max_length=9, default="pending")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["delivery", "attempt", "number"], name="sms_sent_part_once"
            )
        ]

    def __str__(self) -> str:
        return f"part {self.number} of {self.delivery_id} ({self.fate})"
