"""A part of a prompt as somebody spoke it. Append-only: to go back is a new row of older sound."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.people.models import Account


class Recording(models.Model):
    """`piece`: its name (`menu.1`, `say.7`); `words`: what stood there to be read when it was
    recorded: a recording of other words is not played. `sha256`: the file on the shelf; empty: taken
    back, and what is generated speaks again."""

    language = models.CharField(max_length=8)
    piece = models.CharField(max_length=60)
    words = models.TextField()
    sha256 = models.CharField(max_length=64, blank=True)
    seconds = models.FloatField()
    by = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["language", "piece", "id"], name="recording_newest")]

    def __str__(self) -> str:
        return f"{self.language} {self.piece}"
