"""Keep an uploaded original, byte for byte, before the report is sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from mohalla.foundation import events, files
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.rules.commitments import moment
from mohalla.foundation.reports.events import AttachmentKept
from mohalla.foundation.reports.models import Attachment
from mohalla.foundation.seal import browser

ROOM = "files"  # acts on a file, whatever case it belongs to; their subject is the attachment
TAKEN_IN, BOUND, COPIED = "file taken in", "file bound", "file copied"


class AttachmentRefused(Exception):
    """`reason` is one of empty, too_large, type: the page says what to do next."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def keep_attachment(
    *,
    upload: UploadedFile[Any],
    at: datetime,
    door: str = "web",
    by: str = "sender",
    told_at: datetime | None = None,
) -> Attachment:
    """Store the bytes under their hash; raises `AttachmentRefused`.

    Hash, size, kind, door and both clocks stand in the log from here on, before any report does.
    """
    if not upload.size:
        raise AttachmentRefused("empty")
    if upload.size > settings.ATTACHMENT_MB * 1024 * 1024:
        raise AttachmentRefused("too_large")
    media_type = files.media_type(upload)
    if media_type is None:
        raise AttachmentRefused("type")
    if media_type == files.SEALED:
        _look_at(upload)
    digest, size = files.store(upload)
    picture = media_type in files.PICTURES
    with transaction.atomic():
        row = Attachment.objects.create(
            sha256=digest, size=size, media_type=media_type, uploaded_at=at,
            copy=Attachment.Copy.WAITING if picture else Attachment.Copy.NONE,
        )  # fmt: skip
        ledger.record(
            what=TAKEN_IN, room=ROOM, subject=row.pk, by=by, at=at, sha256=digest, size=size,
            type=media_type, door=door, told=moment(told_at) if told_at else "",
        )  # fmt: skip
        if picture:
            events.publish(AttachmentKept(attachment=row.pk, at=at))
    return row


def _look_at(upload: UploadedFile[Any]) -> None:
    """The header of a sealed file: a thousand keys in it would keep its reader busy for seconds."""
    upload.seek(0)
    head = upload.read(browser.HEAD)
    upload.seek(0)
    try:
        browser.outside(head, upload.size)
    except browser.Malformed:
        raise AttachmentRefused("type") from None
