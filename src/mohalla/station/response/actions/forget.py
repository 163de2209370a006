"""Let go of places, by the table of `jobs.retention`."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation.jobs.retention import TABLE
from mohalla.station.response.models import LivePlace


def forget_places(*, at: datetime) -> int:
    """A place that nobody renews, and every place of an alarm that ended."""
    before = TABLE["place of an alarm"].before(at)
    old, _each = LivePlace.objects.filter(at__lt=before).delete()
    ended, _each = LivePlace.objects.filter(alarm__ended_at__isnull=False).delete()
    return old + ended
