"""Add and remove the way to reach a reporter."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import identifiers, rows, seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.reports.models import Contact, Report
from mohalla.foundation.reports.submission import ContactWish


def prepared_contact(report: Report, wish: ContactWish, *, at: datetime) -> Contact:
    """An unsaved row; the value is sealed, and found again by its keyed hash."""
    return rows.new(
        Contact,
        report_id=report.pk,
        kind=wish.kind,
        value_sealed=seal.seal(wish.value),
        lookup=identifiers.contact_lookup(wish.value),
        safe_from=wish.safe_from,
        safe_to=wish.safe_to,
        discreet=wish.discreet,
        way=wish.way,
        added_at=at,
    )


def add_contact(*, report: Report, wish: ContactWish, by: str, at: datetime) -> Contact:
    """The new way replaces the old ones."""
    with transaction.atomic():
        Contact.objects.filter(report=report, removed_at=None).update(removed_at=at)
        row = prepared_contact(report, wish, at=at)
        row.save(force_insert=True)
        ledger.record(what="contact added", room="casework", subject=report.reference, by=by, at=at)
    return row


def remove_contacts(*, report: Report, by: str, at: datetime) -> int:
    """From now on nobody calls or writes; the receipt stays the only way."""
    with transaction.atomic():
        removed = Contact.objects.filter(report=report, removed_at=None).update(removed_at=at)
        ledger.record(
            what="contact removed", room="casework", subject=report.reference, by=by, at=at
        )
    return removed
