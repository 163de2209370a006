"""Jobs of this room; each may run twice."""

from __future__ import annotations

from django_tasks import task

from mohalla.channels.push import actions
from mohalla.foundation import clock
from mohalla.foundation.jobs.failing import plainly


@task()
@plainly
def forget() -> int:
    """Rows past their time; how many went."""
    return actions.forget_old(at=clock.now())
