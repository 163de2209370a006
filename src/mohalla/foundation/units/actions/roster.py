"""Keep duty hours and leave."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.people.models import Officer
from mohalla.foundation.units.actions.changed import changed
from mohalla.foundation.units.events import OfficerAway
from mohalla.foundation.units.models import DutyHours, Leave, Posting


def give_hours(
    *,
    posting: Posting,
    weekdays: str,
    starts: time,
    ends: time,
    from_on: date,
    by: str,
    at: datetime,
    until_on: date | None = None,
) -> DutyHours:
    """Add a weekly pattern: `weekdays` as digits 1 (Monday) to 7 (Sunday), local times."""
    with transaction.atomic():
        row = DutyHours.objects.create(
            posting=posting,
            weekdays=weekdays,
            starts=starts,
            ends=ends,
            from_on=from_on,
            until_on=until_on,
        )
        changed()
        ledger.record(
            what="duty hours given",
            room="units",
            subject=posting.pk,
            by=by,
            at=at,
            weekdays=weekdays,
        )
    return row


def start_leave(
    *,
    officer: Officer,
    by: str,
    at: datetime,
    until: datetime | None = None,
    suspended: bool = False,
    note: str = "",
) -> Leave:
    """From now on the officer owes nothing new, and what is open moves to those on duty."""
    with transaction.atomic():
        row = Leave.objects.create(
            officer=officer, starts_at=at, ends_at=until, suspended=suspended, note=note
        )
        changed()
        ledger.record(
            what="leave started",
            room="units",
            subject=officer.pk,
            by=by,
            at=at,
            suspended=suspended,
        )
        events.publish(OfficerAway(officer=officer.pk, at=at, suspended=suspended))
    return row


def end_leave(*, leave: Leave, by: str, at: datetime) -> Leave:
    """The officer is back."""
    with transaction.atomic():
        Leave.objects.filter(pk=leave.pk).update(ends_at=at)
        changed()
        ledger.record(what="leave ended", room="units", subject=leave.officer_id, by=by, at=at)
    leave.refresh_from_db()
    return leave
