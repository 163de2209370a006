"""A person who answers for the police, or for a body outside the force."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Rank(models.TextChoices):
    CONSTABLE = "constable", _("Constable")
    HEAD_CONSTABLE = "head_constable", _("Head Constable")
    ASI = "asi", _("ASI")
    SI = "si", _("Sub-Inspector")
    INSPECTOR = "inspector", _("Inspector")
    DSP = "dsp", _("DSP")
    SP = "sp", _("SP")
    SSP = "ssp", _("SSP")
    DIG = "dig", _("DIG")
    CIVILIAN = "civilian", _("Officer in charge (civilian)")


class Gender(models.TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Other")


class Officer(models.Model):
    """Identified inside by name; to the public by rank and desk unless `name_shown`."""

    belt = models.CharField(max_length=20, unique=True)
    rank = models.CharField(max_length=20, choices=Rank.choices)
    name_en = models.CharField(max_length=80)
    name_ur = models.CharField(max_length=80)
    gender = models.CharField(max_length=10, choices=Gender.choices)
    languages = models.JSONField(default=list)  # ["ur", "ps", …]
    name_shown = models.BooleanField(default=False)  # the officer's own choice, in private

    def __str__(self) -> str:
        return f"{self.get_rank_display()} {self.name_en}"

    def name(self, language: str) -> str:
        """The name in Arabic script for Urdu and Pashto, else in Latin letters."""
        return self.name_en if language == "en" else self.name_ur


class Relation(models.Model):
    """Two officers who declared that they are related; counts both ways."""

    one = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="relation_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="relation_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} - {self.other_id}"
