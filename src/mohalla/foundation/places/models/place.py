"""A place that has a name: from province to mohalla."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    TEHSIL = "tehsil", _("Tehsil")
    MOHALLA = "mohalla", _("Mohalla")


class PlaceQuerySet(models.QuerySet["Place"]):
    def valid(self, on: object) -> Self:
        """Places that exist on that date: a split district keeps its history."""
        return self.filter(Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on))


class Place(models.Model):
    """Dated, with its source and licence; a boundary is optional and never drawn as a nation.

    The row without `valid_to` is the place as it is now, on which all else stands; what it was
    before are closed rows with the same code.
    """

    code = models.SlugField(max_length=60)  # one open row, and one for each state of the past
    kind = models.CharField(max_length=10, choices=Kind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="parts")
    name_en = models.CharField(max_length=120)
    name_ur = models.CharField(max_length=120, blank=True)
    name_ps = models.CharField(max_length=120, blank=True)
    aliases = models.JSONField(default=list)  # landmarks and spellings, any script
    cells = models.JSONField(default=list)  # H3 cells, resolution 8 (about 0.7 km²)
    boundary = models.JSONField(null=True)  # GeoJSON geometry, WGS 84
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)
    licence = models.CharField(max_length=120)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind"], name="place_kind")]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="place_state_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to=None), name="place_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="place_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name_en

    def name(self, language: str) -> str:
        """Name in `language`, else in Urdu, else in English."""
        return getattr(self, f"name_{language}", "") or self.name_ur or self.name_en
