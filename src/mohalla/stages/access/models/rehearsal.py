"""Each path to help is tried every day: when, by which path, how it came out."""

from __future__ import annotations

from django.db import models

from mohalla.foundation.identifiers import new_key


class Rehearsal(models.Model):
    """`done_at` empty: on its way, or lost. `problem` is empty where help would have rung."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)
    path = models.CharField(max_length=10)
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["path", "begun_at"], name="rehearsal_of_path")]

    def __str__(self) -> str:
        return f"{self.path} {self.begun_at:%Y-%m-%d %H:%M}"
