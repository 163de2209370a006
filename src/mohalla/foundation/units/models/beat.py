"""The mohallas that one beat officer walks."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.places.models import Place
from mohalla.foundation.units.models.unit import Unit


class Beat(models.Model):
    code = models.SlugField(max_length=40, unique=True)
    station = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="beats")
    name_en = models.CharField(max_length=120)
    name_ur = models.CharField(max_length=120)
    places = models.ManyToManyField(Place, related_name="beats")

    def __str__(self) -> str:
        return self.name_en
