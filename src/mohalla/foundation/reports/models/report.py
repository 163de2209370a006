"""What a person said, exactly as said, never edited."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models import Officer
from mohalla.foundation.places.models import Place
from mohalla.foundation.units.models import Unit


class Report(models.Model):
    """Nothing here changes after it is stored; what the desk finds out stands in the case.

    One exception: whoever lost the receipt and was granted a new one has `receipt_version` and
    `receipt_lookup` renewed, so that the old paper opens nothing any more (`renew_receipt`).

    Every index is a page more that each accepted report writes: foreign keys by which nobody looks
    for rows have none, here and in the tables of a case. A database constraint on a reference is a
    look-up and a lock more: what is never deleted is referred to without one (docs/adr/0012).

    `body`, `landmark`, `about_officer` and `name` are clear text only where `envelope` is `none`;
    sealed otherwise, each by itself. Nothing above this room may assume that it can read them.
    """

    class Envelope(models.TextChoices):
        NONE = "none"
        SERVER = "server"
        BROWSER = "browser"

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12)
    receipt_lookup = models.CharField(max_length=64)
    receipt_version = models.PositiveSmallIntegerField(default=1)
    door = models.CharField(max_length=10)
    language = models.CharField(max_length=8)
    sensitivity = models.CharField(max_length=2)
    envelope = models.CharField(max_length=8, choices=Envelope.choices)
    category = models.CharField(max_length=40, blank=True)
    body = models.TextField(blank=True)
    landmark = models.TextField(blank=True)
    about_officer = models.TextField(blank=True)
    name = models.TextField(blank=True)
    search_key = models.TextField(blank=True)  # folded words, C1 only
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    cell = models.CharField(max_length=16, blank=True)
    about_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    danger = models.BooleanField(null=True)
    woman_officer = models.BooleanField(default=False)
    happened_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # by the sender's own clock
    received_at = models.DateTimeField()  # by ours
    filed_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes = [models.Index(fields=["received_at"], name="report_received")]
        constraints = [  # `unique=True` would make a second index on PostgreSQL, for LIKE
            models.UniqueConstraint(fields=["reference"], name="report_reference_once"),
            models.UniqueConstraint(fields=["receipt_lookup"], name="report_receipt_once"),
            models.CheckConstraint(
                condition=Q(sensitivity="C1") | ~Q(envelope="none"), name="report_c2_c3_sealed"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Idempotency(models.Model):
    """A sender's key and what it was used for: the same key never makes two reports."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    body_hash = models.CharField(max_length=64)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key_hash[:8]
