"""The clock: remind, break, and climb the ladder; each once, whatever restarts or jumps come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from mohalla.foundation import catalogue, events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises.actions.make import Owed, make
from mohalla.foundation.promises.events import Broken, Reminded
from mohalla.foundation.promises.models import Promise, Step
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.promises.rules import clocks
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.owner import Owner, next_owner

DECISION = "decision"
URGENT_DECISION = timedelta(hours=1)


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
            _break(promise, at)
            return
        events.publish(Reminded(promise=promise.pk, step=step, at=at))
    promise.next_at = clocks.next_look(promise.made_at, promise.due_at, at)
    promise.save(update_fields=["next_at"])


def _break(promise: Promise, at: datetime) -> None:
    """It broke at its due time, even where the clock only looks later."""
    Promise.objects.filter(pk=promise.pk).update(
        state=State.BROKEN, ended_at=promise.due_at, ended_by="system", next_at=None
    )
    ledger.record(
        what="promise broken", room=promise.room, subject=promise.subject, by="system", at=at,
        promise=str(promise.pk), kind=promise.kind,
    )
    directory = units.directory()
    upper = _next(directory, promise, at)
    decision = None
    if upper is not None:
        decision = make(
            Owed(
                room=promise.room, subject=promise.subject, kind=DECISION, owner=upper,
                made_at=at, due_at=decision_due(directory, upper, at, urgent=promise.urgent),
                to=promise.to, urgent=promise.urgent,
            ),
            by="system", why="late", after=promise,
        )  # fmt: skip
    events.publish(
        Broken(promise=promise.pk, decision=decision.pk if decision else None, at=at)
    )


def _next(directory: Directory, promise: Promise, at: datetime) -> Owner | None:
    if promise.unit_id is None:
        return None
    climbed, before = set(), promise.after
    while before is not None:
        if before.unit_id:
            climbed.add(before.unit_id)
        before = before.after
    return next_owner(
        directory,
        unit=promise.unit_id,
        at=at,
        excluded=units.barred(room=promise.room, subject=promise.subject),
        climbed=frozenset(climbed),
    )


def decision_due(directory: Directory, owner: Owner, at: datetime, *, urgent: bool) -> datetime:
    """A working day of the deciding office; one hour where lives may hang on it."""
    if urgent:
        return at + URGENT_DECISION
    office_days = directory.units[owner.unit].office_days
    return clocks.working_day_after(at, office_days, holidays())


def holidays() -> frozenset[date]:
    """Announced holidays of the catalogue in use."""
    return catalogue.get().holidays
