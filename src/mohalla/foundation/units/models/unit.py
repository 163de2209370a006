"""A desk that can be addressed: a station, a women's desk, a command, a body outside."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.places.models import Place


class UnitKind(models.TextChoices):
    STATION = "station", _("Station")
    WOMENS_DESK = "womens_desk", _("Women's desk")
    CYBER_DESK = "cyber_desk", _("Cyber desk")
    TRIAGE_DESK = "triage_desk", _("District triage desk")
    SDPO = "sdpo", _("SDPO office")
    SP_INVESTIGATION = "sp_investigation", _("SP Investigation")
    DPO = "dpo", _("DPO office")
    RPO = "rpo", _("RPO office")
    INDEPENDENT = "independent", _("Independent body")


class Unit(models.Model):
    """`reports_to` is the chain of command (who may lean on whom); `escalates_to` says where a
    late promise climbs when that is not the same."""

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    district = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    reports_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="under"
    )
    escalates_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    name_en = models.CharField(max_length=120)
    name_ur = models.CharField(max_length=120)
    name_ps = models.CharField(max_length=120)
    names_shown = models.BooleanField(default=False)  # officers' names to the reporter, in private
    office_days = models.PositiveSmallIntegerField(default=7)  # 7: the clock; 6 or 5: office hours
    hours = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=20, blank=True)

    def __str__(self) -> str:
        return self.name_en

    def name(self, language: str) -> str:
        """Name in `language`; Urdu where it is missing."""
        return getattr(self, f"name_{language}", "") or self.name_ur


class DirectoryVersion(models.Model):
    """One row that changes with every change of units, postings, rosters or officers.

    Every process keeps the whole directory in memory and reads it anew when this number moves.
    """

    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
