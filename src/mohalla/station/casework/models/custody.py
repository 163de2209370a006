"""Through whose hands an original went, or the device that it came from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models import Officer
from mohalla.foundation.reports.models import Attachment
from mohalla.foundation.units.models import Unit
from mohalla.station.casework.models.case import Case


class Custody(models.Model):
    """One act on one original, or (without `attachment`) on the device; never changed.

    `person`, `number` and `note` name people and are always sealed; the log holds a digest of them.
    """

    class Kind(models.TextChoices):
        HANDED = "handed", _("Handed over")
        RETURNED = "returned", _("Came back")
        CHECKED = "checked", _("Checked against its hash")
        ADDED = "added", _("Added by an officer")
        HANDSET = "handset", _("The device stays with its owner")

    class Medium(models.TextChoices):
        BUNDLE = "bundle", _("The sealed bundle as a file")
        DISC = "disc", _("A copy on a disc or stick")
        DEVICE = "device", _("The device itself")
        PRINT = "print", _("A print")

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="custody")
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="custody"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    holder = models.CharField(max_length=40, blank=True)  # a body of the catalogue, or
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    medium = models.CharField(max_length=6, choices=Medium.choices, blank=True)
    person = models.TextField(blank=True)  # who took or gave it, who keeps the device
    number = models.TextField(blank=True)  # of the letter, receipt or seal
    note = models.TextField(blank=True)
    whole = models.BooleanField(null=True)  # what a check found
    returns = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="came_back"
    )
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()  # as the officer says
    at = models.DateTimeField()  # when it was written down

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="custody_of_case")]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
