"""What the carriers took past the outbox: texts to thousands at once have no row each."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F


class Spent(models.Model):
    """Parts of one hour; together with the outbox they are the day's bill."""

    hour = models.DateTimeField(primary_key=True)
    parts = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.parts}"

    @classmethod
    def add(cls, parts: int, *, at: datetime) -> None:
        """In the caller's transaction."""
        hour = at.replace(minute=0, second=0, microsecond=0)
        cls.objects.get_or_create(hour=hour)
        cls.objects.filter(hour=hour).update(parts=F("parts") + parts)
