"""Jobs of this room; each may run twice."""

from __future__ import annotations

from django_tasks import task

from mohalla.foundation import clock
from mohalla.foundation.jobs.failing import plainly
from mohalla.station.response.actions.forget import forget_places


@task()
@plainly
def forget() -> int:
    """Drop places past their time; how many."""
    return forget_places(at=clock.now())
