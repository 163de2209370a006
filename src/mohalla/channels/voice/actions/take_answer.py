"""One answer of a call: kept for good before anything is said about it."""

from __future__ import annotations

import time
from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import DatabaseError, transaction

from mohalla.channels import keyed
from mohalla.channels.keyed import Pressed, Turn
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.actions import AttachmentRefused

TRIES, BETWEEN = 4, 0.5  # a database that is busy or away for a moment


class NotKept(Exception):
    """It could not be stored; nothing was acknowledged."""


def take_answer(
    *,
    session: str,
    number: str,
    given: tuple[str, ...],
    languages: tuple[str, ...],
    wav: bytes = b"",
    at: datetime,
) -> Turn:
    """The turn that follows. `wav`: the last answer is this recording; the same bytes are the
    attachment of the report. Raises NotKept."""
    for left in reversed(range(TRIES)):
        try:
            recorded = _stored(wav, at) if wav else None
            pressed = Pressed(
                door="voice", session=session, number=number, given=given, recorded=recorded,
                languages=languages,
            )  # fmt: skip
            with transaction.atomic(durable=True):
                return keyed.handler()(pressed=pressed, at=at)
        except AttachmentRefused as refused:
            raise NotKept(refused.reason) from None
        except (DatabaseError, OSError):
            if not left:
                raise NotKept("storage") from None
            time.sleep(BETWEEN)
    raise NotKept("storage")


def _stored(wav: bytes, at: datetime) -> UUID:
    upload = UploadedFile(BytesIO(wav), "call.wav", "audio/wav", len(wav))
    return reports.keep_attachment(upload=upload, at=at, door="voice").pk
