"""The key of a sealed report for one desk more, and the second envelope of who wrote it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from mohalla.foundation.reports.models import Report, Sealed, SealedKey

PEELED_FOR = timedelta(hours=72)


def add_key(*, report: Report, desk_key: UUID, sealed: str, by: str, at: datetime) -> None:
    """Store it; what it is sealed to was decided above."""
    SealedKey.objects.create(report=report, desk_key_id=desk_key, sealed=sealed, by=by, at=at)


def keep_peeled(*, report: Report, peeled: str, at: datetime) -> None:
    """What lay under the outer layer; only the desk of the inner one can read it."""
    Sealed.objects.filter(report=report).update(peeled=peeled, peeled_at=at)


def drop_peeled(*, at: datetime) -> int:
    """Both layers are needed again; safe to run twice."""
    old = Sealed.objects.filter(peeled_at__lt=at - PEELED_FOR).exclude(peeled="")
    return old.update(peeled="", peeled_at=None)
