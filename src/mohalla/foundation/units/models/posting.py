"""Who works where, when they are on duty, and when they are away."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.people.models import Officer
from mohalla.foundation.units.models.beat import Beat
from mohalla.foundation.units.models.unit import Unit


class Role(models.TextChoices):
    HEAD = "head", _("Head")
    MUHARRAR = "muharrar", _("Muharrar")
    BEAT_OFFICER = "beat_officer", _("Beat officer")
    MEMBER = "member", _("Member")


class PostingQuerySet(models.QuerySet["Posting"]):
    def at(self, moment: object) -> Self:
        """Postings in force at a moment."""
        return self.filter(Q(starts_at__lte=moment), Q(ends_at=None) | Q(ends_at__gt=moment))


class Posting(models.Model):
    """Never edited but for its end."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    role = models.CharField(max_length=20, choices=Role.choices)
    beat = models.ForeignKey(Beat, on_delete=models.PROTECT, null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    order_number = models.CharField(max_length=60, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="posting_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} at {self.unit_id}"


class DutyHours(models.Model):
    """A weekly pattern of one posting; `ends` before `starts` runs past midnight."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="duty_hours")
    weekdays = models.CharField(max_length=7)  # digits 1 (Monday) to 7 (Sunday)
    starts = models.TimeField()
    ends = models.TimeField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.weekdays} {self.starts:%H:%M}-{self.ends:%H:%M}"


class Leave(models.Model):
    """Leave, training or suspension: the officer owes nothing new, and open promises move on."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="leaves")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    suspended = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.officer_id} away from {self.starts_at:%Y-%m-%d}"
