"""Post an officer to a unit; end a posting."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.people.models import Officer
from mohalla.foundation.units.actions.changed import changed
from mohalla.foundation.units.events import PostingEnded, PostingStarted
from mohalla.foundation.units.models import Beat, Posting, Unit


def post(
    *,
    officer: Officer,
    unit: Unit,
    role: str,
    by: str,
    at: datetime,
    beat: Beat | None = None,
    order_number: str = "",
) -> Posting:
    """Start a posting at `at`; other postings of the officer go on until ended."""
    with transaction.atomic():
        row = Posting.objects.create(
            officer=officer,
            unit=unit,
            role=role,
            beat=beat,
            starts_at=at,
            order_number=order_number,
        )
        changed()
        ledger.record(
            what="posting started",
            room="units",
            subject=row.pk,
            by=by,
            at=at,
            officer=officer.pk,
            unit=unit.code,
            role=role,
        )
        events.publish(PostingStarted(officer=officer.pk, unit=unit.pk, at=at))
    return row


def end_posting(*, posting: Posting, by: str, at: datetime) -> Posting:
    """End it: the moment this is stored, every open promise of the officer there moves on."""
    with transaction.atomic():
        row = Posting.objects.select_for_update().get(pk=posting.pk)
        if row.ends_at is None or row.ends_at > at:
            row.ends_at = at
            row.save(update_fields=["ends_at"])
            changed()
            ledger.record(
                what="posting ended",
                room="units",
                subject=row.pk,
                by=by,
                at=at,
                officer=row.officer_id,
                unit=row.unit_id,
            )
            events.publish(PostingEnded(officer=row.officer_id, unit=row.unit_id, at=at))
    return row
