"""Jobs of this room; each may run twice."""

from __future__ import annotations

from django_tasks import task

from mohalla.foundation import clock
from mohalla.foundation.reports import actions


@task()
def forget() -> int:
    """Drop what is past its time; how many rows went."""
    at = clock.now()
    return actions.drop_unclaimed(at=at) + actions.drop_keys(at=at)
