"""When a process beside the web was last heard of, and what it said of itself."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """`name`: scheduler, sms. `state`: a word of its own, as `up` or `down` for a link."""

    name = models.CharField(max_length=20, primary_key=True)
    state = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.state} {self.at:%Y-%m-%d %H:%M:%S}"
