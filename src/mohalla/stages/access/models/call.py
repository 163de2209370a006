"""Where a call by keys stands. Neither the number nor anything that was said is kept here."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.reports.models import Report


class Call(models.Model):
    """`key`: keyed hash of door, session and number. `turn`: how many answers were taken; `said`:
    the prompt that stood at its end; `step`: the question that is open, empty in the menu.

    `filed`: the report that was made in this very call: its receipt may be given here. `signed`: the
    last digits of the receipt were given, so that questions of a confidential matter open.
    """

    key = models.CharField(max_length=64, primary_key=True)
    language = models.CharField(max_length=8)
    step = models.CharField(max_length=12, blank=True)
    turn = models.PositiveSmallIntegerField(default=0)
    said = models.CharField(max_length=40)
    about = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="+")
    signed = models.BooleanField(default=False)
    filed = models.ForeignKey(Report, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="call_by_time")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.step}"
