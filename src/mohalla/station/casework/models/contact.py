"""Somebody from the desk spoke with the person, or tried to; and what the person says of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.people.models import Officer
from mohalla.station.casework.models.case import Case


class Way(models.TextChoices):
    CALL = "call", _("Phone call")
    VISIT = "visit", _("Visit")
    MESSAGE = "message", _("Message")
    OFFICE = "office", _("At the station")


class ContactAttempt(models.Model):
    class Answer(models.TextChoices):
        NONE = "", _("not answered")
        CONFIRMED = "confirmed", _("confirmed")
        DENIED = "denied", _("denied")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="attempts")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    logged_at = models.DateTimeField()
    way = models.CharField(max_length=8, choices=Way.choices)
    reached = models.BooleanField()
    allowed = models.BooleanField()  # at a time and in a way that the person allows
    note = models.TextField(blank=True)
    sealed = models.BooleanField(default=False)  # the note
    asked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="attempt_of_case")]

    def __str__(self) -> str:
        return f"{self.way} {self.at:%Y-%m-%d %H:%M}"
