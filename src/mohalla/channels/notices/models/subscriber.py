"""A phone or browser that asked for the messages of an area, and one that was asked whether it did."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.places.models import Place


class Subscriber(models.Model):
    """One area, one door, one address. Gone the moment it is ended: nothing is kept of it.

    `address` is sealed (a number, or what a push service needs), `lookup` its keyed hash. The key
    grows with time: it is what a fan-out walks along.
    """

    id = models.BigAutoField(primary_key=True)
    area = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", db_index=False)
    door = models.CharField(max_length=8)
    lookup = models.CharField(max_length=64)
    address = models.TextField()
    language = models.CharField(max_length=8)
    since = models.DateTimeField()
    asked_by = models.CharField(max_length=8)  # the door at which it was asked for: sms, web

    class Meta:
        indexes = [models.Index(fields=["area", "door", "id"], name="notices_walk")]
        constraints = [
            models.UniqueConstraint(fields=["lookup", "door", "area"], name="notices_once")
        ]

    def __str__(self) -> str:
        return f"{self.lookup[:8]} {self.door} {self.area_id}"


class Wish(models.Model):
    """Somebody typed a number on a page: nothing comes of it unless that phone says yes.

    `asked` counts the texts that went to it because of pages, so that nobody rings it again and again.
    """

    lookup = models.CharField(max_length=64, primary_key=True)
    areas = models.JSONField(default=list)  # codes
    language = models.CharField(max_length=8)
    at = models.DateTimeField()
    asked = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["at"], name="notices_wish_at")]

    def __str__(self) -> str:
        return f"{self.lookup[:8]}"
