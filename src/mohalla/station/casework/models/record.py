"""FIR, diary entry, refusal: what the station wrote in its own books."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.people.models import Officer
from mohalla.foundation.units.models import Unit
from mohalla.station.casework.models.case import Case


class Record(models.Model):
    class Kind(models.TextChoices):
        FIR = "fir", _("FIR (s. 154)")
        DIARY = "diary", _("Diary entry (s. 155)")
        REFUSAL = "refusal", _("Written refusal")
        LETTER = "letter", _("Information to the informant (s. 173)")
        DECISION = "decision", _("Ended over the objection, with the reason")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    number = models.CharField(max_length=40, blank=True)
    dated_on = models.DateField()
    sections = models.CharField(max_length=200, blank=True)  # of a refusal: the law it names
    # in whose books it stands: the station of an FIR, the desk that refused
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)  # reason and law of a refusal; what was done, in a letter
    sealed = models.BooleanField()
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="record_of_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Note(models.Model):
    """A note in the file: hand-over, shortage as a reason, statement of a person spoken against."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        HANDOVER = "handover", _("Hand-over note")
        SHORTAGE = "shortage", _("No men, no vehicle")
        STATEMENT = "statement", _("Statement of a person spoken against")
        VISIT = "visit", _("Visit")
        COURT = "court", _("Court")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    sealed = models.BooleanField()
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)  # by the phone's clock, where it came later

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="note_of_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
