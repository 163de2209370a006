"""Break a promise for good; the next owner owes a decision about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mohalla.foundation import catalogue, events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises.actions.make import Owed, make
from mohalla.foundation.promises.events import Broken
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.promises.rules import clocks
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.owner import Owner, next_owner

DECISION = "decision"
URGENT_DECISION = timedelta(hours=1)


def break_promise(
    *, promise: Promise, ended_at: datetime, by: str, at: datetime, reason: str = ""
) -> Promise:
    """`ended_at` is when it broke: its due time, even where the clock only looks later.

    Breaks what is open, and what was only claimed and is now denied; else changes nothing.
    """
    with transaction.atomic():
        changed = Promise.objects.filter(
            pk=promise.pk, state__in=[State.OPEN, State.CLAIMED]
        ).update(
            state=State.BROKEN,
            ended_at=ended_at,
            ended_by=by,
            reason=reason,
            next_at=None,
            rests_since=None,
        )
        promise.refresh_from_db()
        if not changed:
            return promise
        ledger.record(
            what="promise broken",
            room=promise.room,
            subject=promise.subject,
            by=by,
            at=at,
            promise=str(promise.pk),
            kind=promise.kind,
        )
        decision = _decision(promise, at)
        events.publish(
            Broken(promise=promise.pk, decision=decision.pk if decision else None, at=at)
        )
    return promise


def _decision(promise: Promise, at: datetime) -> Promise | None:
    directory = units.directory()
    upper = _next(directory, promise, at)
    if upper is None:
        return None
    owed = Owed(
        room=promise.room,
        subject=promise.subject,
        kind=DECISION,
        owner=upper,
        made_at=at,
        due_at=decision_due(directory, upper, at, urgent=promise.urgent),
        to=promise.to,
        urgent=promise.urgent,
    )
    return make(owed, by="system", why="late", after=promise)


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
    return clocks.working_day_after(at, office_days, calendar())


def calendar() -> clocks.Calendar:
    """Holidays and short days as announced, from the catalogue in use."""
    book = catalogue.get()
    return clocks.Calendar(
        holidays=book.holidays,
        seasons=tuple(
            clocks.Season(
                from_on=row.from_on, until_on=row.until_on, closes=row.closes,
                friday_closes=row.friday_closes,
            )
            for row in book.seasons
        ),
    )  # fmt: skip
