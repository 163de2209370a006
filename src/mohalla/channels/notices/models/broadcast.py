"""One text to everybody who asked for the messages of some areas, and where it stands."""

from __future__ import annotations

import uuid_utils.compat as uuid
from django.db import models
from django.db.models import Q

from mohalla.foundation.places.models import Place


class Broadcast(models.Model):
    """`subject` is the caller's own reference, `texts` the wording by language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid7, editable=False)
    subject = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10)
    texts = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    total = models.PositiveBigIntegerField(default=0)
    stopped_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["made_at"], condition=Q(ended_at=None), name="notices_running")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.kind}"


class Leg(models.Model):
    """One area and door of a broadcast. `after`: the last subscriber who was handed over; `until`:
    the last one there was when it began.

    laid: put into the outbox, one row each. accepted: taken by the carrier past the outbox. refused:
    it never will. unsent: not sent at the end. twice: asked for several areas, told once.
    """

    broadcast = models.ForeignKey(Broadcast, on_delete=models.CASCADE, related_name="legs")
    area = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    door = models.CharField(max_length=8)
    after = models.BigIntegerField(default=0)
    until = models.BigIntegerField()
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    laid = models.PositiveBigIntegerField(default=0)
    accepted = models.PositiveBigIntegerField(default=0)
    refused = models.PositiveBigIntegerField(default=0)
    unsent = models.PositiveBigIntegerField(default=0)
    twice = models.PositiveBigIntegerField(default=0)
    parts = models.PositiveBigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["broadcast", "area", "door"], name="notices_leg_once")
        ]

    def __str__(self) -> str:
        return f"{self.broadcast_id} {self.area_id} {self.door} after {self.after}"


class Leftover(models.Model):
    """One recipient whom a batch could not reach; gone as soon as it did, or never will."""

    leg = models.ForeignKey(Leg, on_delete=models.CASCADE, related_name="leftovers")
    subscriber = models.BigIntegerField()  # who may have ended it meanwhile
    tries = models.PositiveSmallIntegerField(default=1)
    next_try_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["next_try_at"], name="notices_leftover_due")]
        constraints = [
            models.UniqueConstraint(fields=["leg", "subscriber"], name="notices_leftover_once")
        ]

    def __str__(self) -> str:
        return f"{self.leg_id} {self.subscriber}"
