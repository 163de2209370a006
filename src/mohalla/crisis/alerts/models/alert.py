"""One message of an area."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.identifiers import new_key
from mohalla.foundation.people.models import Officer
from mohalla.foundation.places.models import Place
from mohalla.foundation.units.models import Unit


class Kind(models.TextChoices):
    DANGER = "danger", _("Danger now: leave, stay inside, do not drink the water")
    HAZARD = "hazard", _("Something to be careful of")
    ROAD = "road", _("A road is closed or blocked")
    WEATHER = "weather", _("Weather, flood, heat")
    MISSING = "missing", _("Somebody is missing")
    OTHER = "other", _("Something else")


class AlertQuerySet(models.QuerySet["Alert"]):
    """Reads on alerts."""

    def current(self, at: datetime) -> AlertQuerySet:
        """Sent, neither stopped nor over."""
        return self.filter(sent_at__isnull=False, stopped_at=None, expires_at__gt=at)


class Alert(models.Model):
    """Never edited: what is wrong is stopped, and another one is written.

    `reference` names it in ledger and broadcast. `asked_for`: who wants it told, for the file.
    `second` is the other person where one was needed.
    """

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    areas = models.ManyToManyField(Place, related_name="+")
    text_en = models.CharField(max_length=320)
    text_ur = models.CharField(max_length=320)
    text_ps = models.CharField(max_length=320)
    asked_for = models.CharField(max_length=200)
    written_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    stopped_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    why_stopped = models.CharField(max_length=200, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sent_at"], name="alert_sent")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None)
                | Q(sent_at__isnull=False, sent_by__isnull=False),
                name="alert_sent_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.kind}"

    def text(self, language: str) -> str:
        """In this language, else in Urdu."""
        return {"en": self.text_en, "ps": self.text_ps}.get(language, self.text_ur)

    def state(self, at: datetime) -> str:
        """stopped | over | out | waits."""
        if self.stopped_at is not None:
            return "stopped"
        if self.expires_at <= at:
            return "over"
        return "out" if self.sent_at is not None else "waits"

    @property
    def urgent(self) -> bool:
        return self.kind == Kind.DANGER
