"""How often something happened that leaves no row of its own, over all processes."""

from __future__ import annotations

from django.db import models


class Tally(models.Model):
    """`name` is made of our own words only (`refused web too_many`), never of what was sent."""

    name = models.CharField(max_length=60, primary_key=True)
    count = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.count}"
