"""Somebody asks for a new receipt because the old one is lost."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models import Officer
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.models import Report
from mohalla.foundation.units.models import Unit


class Decision(models.TextChoices):
    GRANTED = "granted"
    REFUSED = "refused"
    OBJECTED = "objected"  # by the holder of the old receipt


class ReceiptClaim(models.Model):
    """Stored as it came, whether or not a report is meant: `report` is found afterwards.

    `told`, `contact`, `sought` (the reference as typed) and `reason` are sealed. `unit` is the desk
    that decides and `promise` what it owes; both stay empty where nobody independent is left.
    `version` is the version of the receipt that a grant made: a later grant makes this one void.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    claim_lookup = models.CharField(max_length=64, unique=True)
    sought = models.TextField()
    told = models.TextField()
    contact = models.TextField()
    door = models.CharField(max_length=10)
    language = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    opens_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)  # when the report was looked for
    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    promise = models.ForeignKey(
        Promise, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(  # empty: the holder of the old receipt
        Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)
    version = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(looked_at=None), name="claim_to_look")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | (~Q(decision="") & Q(decided_at__isnull=False) & Q(report__isnull=False)),
                name="claim_decision_has_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.decision or 'open'}"
