"""Make the copy of a picture that pages may show."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mohalla.foundation import files
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.reports.actions.attach import COPIED, ROOM
from mohalla.foundation.reports.models import Attachment

_log = logging.getLogger(__name__)


def make_copy(*, attachment: UUID, at: datetime) -> Attachment:
    """Once, whoever comes first: the job, or the first look. Raises `Attachment.DoesNotExist`."""
    row = Attachment.objects.get(pk=attachment)
    if row.copy != Attachment.Copy.WAITING:
        return row
    try:
        made = files.working_copy(files.read(row.sha256), media_type=row.media_type)
    except files.NoCopy as why:
        _log.info("no working copy of %s: %s", row.pk, why)
        row.copy = (
            Attachment.Copy.FAILED if row.media_type in files.PICTURES else Attachment.Copy.NONE
        )
    else:
        row.copy_sha256, _size = files.store_bytes(made)
        row.copy = Attachment.Copy.MADE
    with transaction.atomic():
        fresh = Attachment.objects.filter(pk=row.pk, copy=Attachment.Copy.WAITING)
        if fresh.update(copy=row.copy, copy_sha256=row.copy_sha256) and row.copy_sha256:
            ledger.record(
                what=COPIED, room=ROOM, subject=row.pk, by="system", at=at, sha256=row.sha256,
                copy=row.copy_sha256,
            )  # fmt: skip
    return row
