"""Make the copy of a picture that pages may show."""

from __future__ import annotations

import logging
from uuid import UUID

from mohalla.foundation import files
from mohalla.foundation.reports.models import Attachment

_log = logging.getLogger(__name__)


def make_copy(*, attachment: UUID) -> Attachment:
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
    row.save(update_fields=["copy", "copy_sha256"])
    return row
