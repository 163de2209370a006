"""Where a browser listens, and for whom."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models import Officer


class Subscription(models.Model):
    """Tied to `subject` (a report's reference) or to an `officer`, never to a person otherwise.

    `address` is sealed; `lookup` is its keyed hash, so that the same browser is found again. `ended_at`
    with `why`: given up by the browser ("gone"), by its owner ("asked"), or with the report ("forgotten");
    the address is emptied then.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    subject = models.CharField(max_length=80, blank=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    address = models.TextField()
    lookup = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    safe_from = models.PositiveSmallIntegerField(null=True)
    safe_to = models.PositiveSmallIntegerField(null=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=10, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["subject"], condition=models.Q(ended_at=None), name="push_subject"
            ),
            models.Index(
                fields=["officer"], condition=models.Q(ended_at=None), name="push_officer"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "lookup"],
                condition=models.Q(ended_at=None, officer=None),
                name="push_once_a_subject",
            ),
            models.UniqueConstraint(
                fields=["officer", "lookup"],
                condition=models.Q(ended_at=None, officer__isnull=False),
                name="push_once_an_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.id}"
