"""Where somebody in danger is, while she lets us see it; deleted soon after."""

from __future__ import annotations

from django.db import models

from mohalla.station.response.models.alarm import Alarm


class LivePlace(models.Model):
    """The latest only: where she was before is nobody's business.

    `sealed`: latitude, longitude and radius in metres, sealed.
    """

    alarm = models.OneToOneField(Alarm, on_delete=models.CASCADE, primary_key=True)
    sealed = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="live_place_by_time")]

    def __str__(self) -> str:
        return f"place of {self.alarm_id}"
