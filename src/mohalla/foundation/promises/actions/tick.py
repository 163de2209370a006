"""The clock: remind, break, and climb the ladder; each once, whatever restarts or jumps come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.promises.actions.break_promise import break_promise
from mohalla.foundation.promises.events import Reminded
from mohalla.foundation.promises.models import Promise, Step
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.promises.rules import clocks


def tick(*, at: datetime, limit: int = 500) -> int:
    """Do what is due at `at`, one promise a transaction; returns how many were looked at."""
    due = list(
        Promise.objects.open()
        .filter(next_at__lte=at)
        .order_by("next_at")
        .values_list("pk", flat=True)[:limit]
    )
    for key in due:
        with transaction.atomic():
            _step(key, at)
    return len(due)


def _step(key: UUID, at: datetime) -> None:
    promise = (
        Promise.objects.select_for_update(of=("self",))
        .filter(pk=key, state=State.OPEN, next_at__lte=at)
        .first()
    )
    if promise is None:
        return  # somebody else was faster, or it ended meanwhile
    done = set(promise.steps.values_list("kind", flat=True))
    for step in clocks.steps_due(promise.made_at, promise.due_at, at, done):
        Step.objects.create(promise=promise, kind=step, at=at)
        if step == clocks.BROKEN:
            break_promise(promise=promise, ended_at=promise.due_at, by="system", at=at)
            return
        events.publish(Reminded(promise=promise.pk, step=step, at=at))
    promise.next_at = clocks.next_look(promise.made_at, promise.due_at, at)
    promise.save(update_fields=["next_at"])
