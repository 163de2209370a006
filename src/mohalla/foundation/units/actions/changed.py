"""Tell every process that the directory changed."""

from __future__ import annotations

from django.db.models import F

from mohalla.foundation.units.models import DirectoryVersion


def changed() -> None:
    """Call inside the transaction of any change of units, beats, officers, postings or rosters."""
    if not DirectoryVersion.objects.filter(pk=1).update(number=F("number") + 1):
        DirectoryVersion.objects.create(pk=1, number=1)
