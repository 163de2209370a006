"""Somebody is on the way and wants help to be called if she does not say that she arrived."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.reports.models import Report


class Journey(models.Model):
    """`lookup`: keyed hash of her phone, or of the number that the page gave her. `words` and `phone`
    are sealed, and emptied when it ends.."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    lookup = models.CharField(max_length=64)
    phone = models.TextField(blank=True)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=8)
    begun_at = models.DateTimeField()
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lookup"], condition=Q(ended_at=None), name="journey_open_once"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(ended_at=None), name="journey_due")]

    def __str__(self) -> str:
        return f"journey until {self.due_at:%H:%M}"
