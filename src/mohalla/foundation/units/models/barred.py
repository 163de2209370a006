"""Who may never receive or open a matter, as computed and recorded."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mohalla.foundation.people.models import Officer
from mohalla.foundation.units.models.unit import Unit


class Barred(models.Model):
    """One excluded desk or person of one matter; `room` and `subject` name it as promises do."""

    room = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, db_index=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, db_index=False)
    reason = models.CharField(max_length=60)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(officer=None, unit__isnull=False) | Q(officer__isnull=False, unit=None),
                name="barred_one_of_two",
            ),
            models.UniqueConstraint(
                fields=["room", "subject", "officer"],
                condition=Q(officer__isnull=False),
                name="barred_officer_once",
            ),
            models.UniqueConstraint(
                fields=["room", "subject", "unit"],
                condition=Q(unit__isnull=False),
                name="barred_unit_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"
