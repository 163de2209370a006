"""A child is missing: the clock of the first two hours, and who speaks with the family."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from mohalla.foundation.people.models import Officer
from mohalla.station.casework.models import Case


class ChildSearch(models.Model):
    """`since_at`: when it was told, whatever became of it meanwhile. `climbed`: how many of the
    catalogue's steps were taken; each is taken once, whatever restarts or clocks that jump.

    `answered_at`: the family was spoken with and the FIR stands. `found_at`: the child is found.
    """

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="search",
        db_constraint=False,
    )  # fmt: skip
    since_at = models.DateTimeField()
    climbed = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    liaison = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="child_next"),
            models.Index(fields=["found_at", "since_at"], name="child_open"),
        ]

    def __str__(self) -> str:
        return f"search {self.case_id}"
