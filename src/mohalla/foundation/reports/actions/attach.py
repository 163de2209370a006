"""Keep an uploaded original, byte for byte, before the report is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from mohalla.foundation import events, files
from mohalla.foundation.reports.events import AttachmentKept
from mohalla.foundation.reports.models import Attachment


class AttachmentRefused(Exception):
    """`reason` is one of empty, too_large, type: the page says what to do next."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def keep_attachment(*, upload: UploadedFile[Any], at: datetime) -> Attachment:
    """Store the bytes under their hash; raises `AttachmentRefused`."""
    if not upload.size:
        raise AttachmentRefused("empty")
    if upload.size > settings.ATTACHMENT_MB * 1024 * 1024:
        raise AttachmentRefused("too_large")
    media_type = files.media_type(upload)
    if media_type is None:
        raise AttachmentRefused("type")
    digest, size = files.store(upload)
    picture = media_type in files.PICTURES
    with transaction.atomic():
        row = Attachment.objects.create(
            sha256=digest, size=size, media_type=media_type, uploaded_at=at,
            copy=Attachment.Copy.WAITING if picture else Attachment.Copy.NONE,
        )  # fmt: skip
        if picture:
            events.publish(AttachmentKept(attachment=row.pk, at=at))
    return row
