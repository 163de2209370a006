"""Where the dialogue with one phone stands. The number itself is not kept here."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.reports.models import Report


class Conversation(models.Model):
    """`lookup` is the keyed hash of the number; at most one question is open at a time."""

    lookup = models.CharField(max_length=64, primary_key=True)
    language = models.CharField(max_length=8, default="ur")
    language_chosen = models.BooleanField(default=False)
    stopped = models.BooleanField(default=False)
    awaiting = models.CharField(max_length=12, blank=True)  # a step of dialogue.toml
    report = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.lookup[:8]} {self.awaiting}"
