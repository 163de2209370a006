"""Somebody is in danger now: who was rung, and the four times of an answer."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models import Officer
from mohalla.foundation.units.models import Barred, Unit
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM


class AlarmQuerySet(models.QuerySet["Alarm"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def rung_at(self, *, officer: int, units: frozenset[int]) -> Self:
        """Rings at a desk of this officer, who is not barred from the matter."""
        rung = Ring.objects.filter(alarm=OuterRef("pk"), unit__in=units)
        barred = Barred.objects.filter(
            room=ROOM, subject=OuterRef("case__reference"), officer_id=officer
        )
        return self.filter(Exists(rung)).exclude(Exists(barred))


class Alarm(models.Model):
    """At most one open for each case. All moments are ours.

    `loud_since`: it sounds at the desks that were rung; nobody has seen it, or something new came.
    `safe_at`: she said so; an officer ends it all the same. `duress_at`: she said so with her other
    word. `next_at`: when one desk more is rung.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="alarms", db_index=False, db_constraint=False
    )
    door = models.CharField(max_length=10)
    raised_at = models.DateTimeField()
    loud_since = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    on_way_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    safe_at = models.DateTimeField(null=True)
    duress_at = models.DateTimeField(null=True)
    climbed_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    unit = models.ForeignKey(  # whoever goes, or has seen it
        Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=10, blank=True)  # met | spoke | closed

    objects = AlarmQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="alarm_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(ended_at=None), name="alarm_next"),
            models.Index(fields=["case", "raised_at"], name="alarm_of_case"),
        ]

    def __str__(self) -> str:
        return f"alarm {self.case_id}"


class Ring(models.Model):
    """A desk that this alarm rings at, since when and why; never taken back while it is open."""

    alarm = models.ForeignKey(Alarm, on_delete=models.CASCADE, related_name="rings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    since_at = models.DateTimeField()
    why = models.CharField(max_length=10)  # raised | late | sent | duress | moved
    note = models.TextField(blank=True)  # sealed: what a desk that is sent must know
    level = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["alarm", "unit"], name="ring_once")]
        indexes = [models.Index(fields=["unit", "alarm"], name="ring_of_unit")]

    def __str__(self) -> str:
        return f"{self.alarm_id} at {self.unit_id}"
