"""Jobs of this room; each may run twice."""

from __future__ import annotations

from django_tasks import task

from mohalla.channels.sms import actions
from mohalla.foundation import clock
from mohalla.foundation.jobs.failing import plainly


@task()
@plainly
def forget() -> int:
    """Empty texts past their time; how many rows changed."""
    return actions.forget_texts(at=clock.now())
