"""A new receipt in place of a lost one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import identifiers
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.reports.models import Report


class RenewedMeanwhile(Exception):
    """Somebody else renewed it at the same moment; nothing changed."""


def renew_receipt(*, report: Report, by: str, at: datetime) -> Report:
    """The next version of the receipt; the old one finds nothing from now on.

    This is the one thing on a report that ever changes: not a word of what was said.
    """
    version = report.receipt_version + 1
    lookup = identifiers.receipt_lookup(identifiers.receipt_for(report.pk, version))
    with transaction.atomic():
        changed = Report.objects.filter(
            pk=report.pk, receipt_version=report.receipt_version
        ).update(receipt_version=version, receipt_lookup=lookup)
        if not changed:
            raise RenewedMeanwhile(report.reference)
        ledger.record(
            what="receipt renewed", room="casework", subject=report.reference, by=by, at=at
        )
    report.receipt_version, report.receipt_lookup = version, lookup
    return report
