"""Let go of what was never part of a report, by the table of `jobs.retention`."""

from __future__ import annotations

import time
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError, Q

from mohalla.foundation import files
from mohalla.foundation.jobs.retention import TABLE
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.reports.models import Attachment, Idempotency

BATCH = 500
STILL_WARM = 600  # seconds; the same bytes may have just come again, their row not yet written


def drop_unclaimed(*, at: datetime) -> int:
    """Uploads that no report claimed; the file too, if no other row has its hash.

    What a proof or another room stands on is protected and stays.
    """
    old = Attachment.objects.filter(
        report=None, uploaded_at__lt=TABLE["unclaimed file"].before(at)
    ).order_by("uploaded_at")
    done, after = 0, None
    while batch := list((old if after is None else old.filter(uploaded_at__gt=after))[:BATCH]):
        done += sum(_dropped(row) for row in batch)
        after = batch[-1].uploaded_at
    if done:
        ledger.record(
            what="unclaimed files dropped", room="reports", subject="-", by="system", at=at, count=done
        )  # fmt: skip
    return done


def drop_keys(*, at: datetime) -> int:
    """Idempotency keys that nobody will send again."""
    before = TABLE["idempotency key"].before(at)
    done, _each = Idempotency.objects.filter(at__lt=before).delete()
    return done


def _dropped(row: Attachment) -> bool:
    path = files.path_of(row.sha256)
    if path.exists() and time.time() - path.stat().st_mtime < STILL_WARM:
        return False
    try:
        with transaction.atomic():
            gone, _each = Attachment.objects.filter(pk=row.pk, report=None).delete()
    except ProtectedError:
        return False
    for held in {row.sha256, row.copy_sha256} - {""} if gone else ():
        if not Attachment.objects.filter(Q(sha256=held) | Q(copy_sha256=held)).exists():
            files.forget(held)
    return bool(gone)
