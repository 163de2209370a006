"""The same message, sent twice by a phone that lost the answer, is one message."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from mohalla.foundation import identifiers
from mohalla.foundation.reports.models import Attachment, Idempotency, Report


def is_first(*, report: Report, key: str, text: str, files: Sequence[UUID], at: datetime) -> bool:
    """Whether this message of the sender's `key` is new; noted inside the caller's transaction.

    Other words under the same key are another message: nothing that somebody wrote is dropped.
    """
    with transaction.atomic():
        prints = Attachment.objects.filter(pk__in=files).values_list("sha256", flat=True)
        body = hashlib.sha256("\n".join([*sorted(prints), text]).encode()).hexdigest()
        _row, fresh = Idempotency.objects.get_or_create(
            key_hash=identifiers.contact_lookup(f"message {report.pk} {key} {body}"),
            defaults={"body_hash": body, "report": report, "at": at},
        )
    return fresh
