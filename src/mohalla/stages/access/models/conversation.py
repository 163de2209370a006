"""Where a text dialogue with one phone stands. The number itself is not kept here."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.reports.models import Report


class Awaiting(models.TextChoices):
    NOTHING = ""
    PLACE = "place"
    PLACE_AGAIN = "place_again"
    DANGER = "danger"
    MATTER = "matter"
    HOURS = "hours"
    CONTACT = "contact"
    VERDICT = "verdict"
    RECONCILED = "reconciled"
    REPLY = "reply"
    LANGUAGE = "language"


class Conversation(models.Model):
    """`lookup` is the keyed hash of the number; at most one question is open at a time."""

    lookup = models.CharField(max_length=64, primary_key=True)
    language = models.CharField(max_length=8, default="ur")
    language_chosen = models.BooleanField(default=False)
    stopped = models.BooleanField(default=False)
    awaiting = models.CharField(max_length=12, choices=Awaiting.choices, blank=True)
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.lookup[:8]} {self.awaiting}"
