"""A clock rests while the person has been asked and has not answered."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.promises.rules import clocks


def rest(*, promise: Promise, at: datetime) -> bool:
    """Stop the clock of an open promise; False where it had ended or rested already."""
    return bool(
        Promise.objects.filter(pk=promise.pk, state=State.OPEN, rests_since=None).update(
            rests_since=at, next_at=None
        )
    )


def wake(*, promise: Promise, at: datetime) -> bool:
    """Let it run again towards its unchanged due time, which may be past by now."""
    return bool(
        Promise.objects.filter(pk=promise.pk, state=State.OPEN, rests_since__isnull=False).update(
            rests_since=None, next_at=clocks.next_look(promise.made_at, promise.due_at, at)
        )
    )
