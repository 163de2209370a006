"""Jobs of this room; each may run twice."""

from __future__ import annotations

from django_tasks import task

from mohalla.foundation import clock
from mohalla.foundation.jobs.failing import plainly
from mohalla.stages.access.actions.forget import forget_calls, forget_claims, forget_help
from mohalla.stages.access.actions.rehearse import begin_due


@task()
@plainly
def forget() -> int:
    """Drop what is past its time; how many rows went."""
    at = clock.now()
    return forget_claims(at=at) + forget_calls(at=at) + forget_help(at=at)


@task()
@plainly
def rehearse() -> int:
    """Try the paths to help that are due; how many were begun."""
    return begin_due(at=clock.now())
