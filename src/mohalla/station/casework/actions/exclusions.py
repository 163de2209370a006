"""Ask the exclusion rule again for open matters when people move."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Barred
from mohalla.foundation.units.rules.exclusion import NONE, exclude
from mohalla.station.casework.actions.open_case import barred
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM


def renew_exclusions(*, unit: int, at: datetime) -> int:
    """Add who is excluded now; nobody is ever taken off. Returns how many rows were added."""
    directory = units.directory()
    before = Barred.objects.filter(room=ROOM).count()
    for case in Case.objects.exclude(exclusion_level=NONE).filter(closed_at=None).iterator():
        excluded = exclude(
            directory,
            level=case.exclusion_level,
            named_units=frozenset(case.named_units),
            named_officers=frozenset(case.named_officers),
            matter_at=case.matter_at,
            now=at,
        )
        Barred.objects.bulk_create(
            barred(excluded, subject=case.reference, at=at), ignore_conflicts=True
        )
    return Barred.objects.filter(room=ROOM).count() - before
