"""Jobs of this room; each may run twice."""

from __future__ import annotations

from django_tasks import task

from mohalla.channels.sms import actions
from mohalla.foundation import clock


@task()
def forget() -> int:
    """Empty texts past their time; how many rows changed."""
    return actions.forget_texts(at=clock.now())
