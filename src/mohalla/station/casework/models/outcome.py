"""What the police propose as the end; the reporter decides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.people.models import Officer
from mohalla.foundation.reports.models import Attachment
from mohalla.station.casework.models.case import Case


class Verdict(models.TextChoices):
    NONE = "", _("not answered yet")
    CONFIRMED = "confirm", _("confirmed")
    DISPUTED = "dispute", _("disputed")
    SILENT = "silent", _("no answer")
    OVERRULED = "overruled", _("ended over the objection")


class Outcome(models.Model):
    """A proposal stays as it was made; a new attempt is a new row."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=20)
    what_done = models.TextField()
    reason = models.TextField(blank=True)
    sealed = models.BooleanField()
    referred_to = models.CharField(max_length=120, blank=True)  # the body that must do it
    referred_number = models.CharField(max_length=60, blank=True)  # our paper's, at that body
    answer_on = models.DateField(null=True)  # when that body answers
    proposed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    second_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)  # when the reporter was asked
    reminders = models.PositiveSmallIntegerField(default=0)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    verdict_at = models.DateTimeField(null=True)
    verdict_door = models.CharField(max_length=10, blank=True)
    verdict_reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["case", "proposed_at"], name="outcome_of_case"),
            models.Index(fields=["asked_at"], condition=Q(verdict=""), name="outcome_waiting"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(verdict=""), name="outcome_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.verdict or 'open'}"


class Proof(models.Model):
    """An artefact with its time; free words alone are not proof."""

    class Kind(models.TextChoices):
        PHOTOGRAPH = "photograph", _("Photograph")
        DOCUMENT = "document", _("Document with its number")
        SIGNED_NOTE = "signed_note", _("Signed note")
        CALL_RECORD = "call_record", _("Call record")

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="proofs")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True)
    number = models.CharField(max_length=60, blank=True)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(attachment=None) | ~Q(number=""), name="proof_is_an_artefact"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
