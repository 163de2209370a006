"""A case: where a report stands at the desk."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.people.models import Officer
from mohalla.foundation.places.models import Place
from mohalla.foundation.reports.models import Report
from mohalla.foundation.units.models import Barred, Unit

ROOM = "casework"


class Closing(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmed by the reporter")
    UNCONFIRMED = "unconfirmed", _("closed without an answer")
    OVER_OBJECTION = "over_objection", _("closed over the reporter's objection")
    WITHDRAWN = "withdrawn", _("withdrawn")
    MERGED = "merged", _("merged")


class CaseQuerySet(models.QuerySet["Case"]):
    def opened_by(self, *, officer: int, units: set[int]) -> Self:
        """Addressed to a desk of this officer, who is not barred from the matter."""
        addressed = Recipient.objects.filter(case=OuterRef("pk"), unit__in=units, until_at=None)
        barred = Barred.objects.filter(room=ROOM, subject=OuterRef("reference"), officer_id=officer)
        return self.filter(Exists(addressed)).exclude(Exists(barred))


class Case(models.Model):
    """One per report, opened with it. Corrections of category and place stand here, not there."""

    report = models.OneToOneField(
        Report, on_delete=models.PROTECT, primary_key=True, db_constraint=False
    )
    reference = models.CharField(max_length=12)
    category = models.CharField(max_length=40, blank=True)  # as classified; empty: not yet
    sensitivity = models.CharField(max_length=2)
    exclusion_level = models.CharField(max_length=8)
    stage = models.CharField(max_length=20, default="received")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    named_units = models.JSONField(default=list)  # ids
    named_officers = models.JSONField(default=list)  # ids
    matter_at = models.DateTimeField()
    danger = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closing = models.CharField(max_length=16, choices=Closing.choices, blank=True)
    disputes = models.PositiveSmallIntegerField(default=0)
    withdrawal_asked_at = models.DateTimeField(null=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reference"], name="case_reference_once")]
        indexes = [
            models.Index(fields=["unit", "closed_at", "opened_at"], name="case_of_unit"),
            models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="case_merged",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Recipient(models.Model):
    """A desk that the case is addressed to, from when and why; closed, never deleted."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="recipients", db_constraint=False
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    since_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=40)

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "case"],
                condition=models.Q(until_at=None),
                name="recipient_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} to {self.unit_id}"


class StageMove(models.Model):
    """Every move is a row: who, when, from, to, why."""

    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="moves", db_index=False, db_constraint=False
    )
    from_stage = models.CharField(max_length=20, blank=True)
    to_stage = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    why = models.TextField(blank=True)
    sealed = models.BooleanField(default=False)  # the reason

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="move_of_case")]

    def __str__(self) -> str:
        return f"{self.from_stage} > {self.to_stage}"


class CaseLink(models.Model):
    """Two cases of one matter, seen together at the desk; their promises stay apart."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="links")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    by = models.CharField(max_length=40)
    at = models.DateTimeField()
    why = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "other"], name="link_once")]

    def __str__(self) -> str:
        return f"{self.case_id} - {self.other_id}"
