"""How a desk gets its key back when nobody there holds it: shares, and who opened them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.keys.models.desk_key import DeskKey
from mohalla.foundation.keys.models.officer_key import OfficerKey
from mohalla.foundation.people.models import Officer


class RecoveryShare(models.Model):
    """One share (Shamir) of a desk's private half, sealed to an officer of another desk."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    desk_key = models.ForeignKey(DeskKey, on_delete=models.PROTECT, related_name="shares")
    holder_key = models.ForeignKey(OfficerKey, on_delete=models.PROTECT, related_name="shares")
    sealed = models.TextField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk_key", "holder_key"], name="share_once")
        ]

    def __str__(self) -> str:
        return f"{self.desk_key_id} with {self.holder_key_id}"


class Recovery(models.Model):
    """Asked by an officer of the desk; a drill goes the same way and gives nothing."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    desk_key = models.ForeignKey(DeskKey, on_delete=models.PROTECT, related_name="recoveries")
    asker = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    asker_key = models.ForeignKey(OfficerKey, on_delete=models.PROTECT, related_name="+")
    drill = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk_key"], condition=Q(ended_at=None), name="recovery_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.desk_key_id} for {self.asker_id}"


class OpenedShare(models.Model):
    """A share as its holder sealed it anew, to the key of who asked."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="opened")
    share = models.ForeignKey(RecoveryShare, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recovery", "share"], name="opened_share_once")
        ]

    def __str__(self) -> str:
        return f"{self.share_id} for {self.recovery_id}"
