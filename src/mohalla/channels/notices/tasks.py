"""Jobs of this room; each may run twice."""

from __future__ import annotations

from django_tasks import task

from mohalla.channels.notices import actions
from mohalla.foundation import clock
from mohalla.foundation.jobs.failing import plainly


@task()
@plainly
def forget() -> int:
    """Wishes past their time; how many rows went."""
    return actions.forget_wishes(at=clock.now())
