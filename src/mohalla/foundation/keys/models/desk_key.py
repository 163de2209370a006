"""The key of one desk, version by version, and the boxes in which its members hold it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.keys.models.officer_key import RECIPIENT, OfficerKey
from mohalla.foundation.people.models import Officer
from mohalla.foundation.units.models import Unit


class DeskKey(models.Model):
    """In force while neither retired (a newer version stands) nor revoked (by command).

    `older_sealed`: the private half of the version before, sealed to this one, so that whoever
    opens the newest opens all; empty for the first, and where the older ones are lost.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    recipient = models.CharField(max_length=RECIPIENT, unique=True)
    older_sealed = models.TextField(blank=True)
    needed = models.PositiveSmallIntegerField(default=0)  # shares that recover it; 0: it has none
    made_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "version"], name="desk_key_version_once"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(retired_at=None), name="desk_key_one_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}, version {self.version}"


class DeskKeyBox(models.Model):
    """The private half of a desk's key, sealed to the key of one officer who is posted there."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    desk_key = models.ForeignKey(DeskKey, on_delete=models.PROTECT, related_name="boxes")
    officer_key = models.ForeignKey(OfficerKey, on_delete=models.PROTECT, related_name="held")
    sealed = models.TextField()
    given_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk_key", "officer_key"],
                condition=Q(ended_at=None),
                name="desk_key_box_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.desk_key_id} for {self.officer_key_id}"
