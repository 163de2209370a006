"""A notice that we owe a browser: the outbox."""

from __future__ import annotations

import uuid_utils.compat as uuid
from django.db import models

from mohalla.channels.push.models.subscription import Subscription


class NoticeState(models.TextChoices):
    """refused: it will never go, by the service's or our own rule."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Notice(models.Model):
    """Saved before the service is called, corrected after it. `dedup_key` is unique: asking twice for the
    same news sends it once. The hours of the subscription are asked at each try."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=200)
    purpose = models.CharField(max_length=40)
    dedup_key = models.CharField(max_length=200, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=NoticeState.choices, default=NoticeState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                condition=models.Q(state="waiting"),
                name="push_notice_due",
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.id} ({self.state})"
