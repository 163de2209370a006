"""Jobs of this room; each may run twice."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task

from mohalla.foundation import clock
from mohalla.foundation.jobs.failing import plainly
from mohalla.foundation.reports import actions
from mohalla.foundation.reports.models import Attachment


@task()
@plainly
def copy(attachment: str) -> str:
    """The working copy of one picture; nothing to do where it was let go meanwhile."""
    try:
        return str(actions.make_copy(attachment=UUID(attachment), at=clock.now()).copy)
    except Attachment.DoesNotExist:
        return "gone"


@task()
@plainly
def forget() -> int:
    """Drop what is past its time; how many rows went."""
    at = clock.now()
    return actions.drop_unclaimed(at=at) + actions.drop_keys(at=at) + actions.drop_peeled(at=at)


@task()
@plainly
def drop_bytes(hashes: list[str]) -> int:
    """The files of a destroyed report."""
    return actions.drop_bytes(hashes=hashes)
