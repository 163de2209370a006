"""Nothing of what was said is left; the row stays, so that nobody can say there never was one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from mohalla.foundation import events, files
from mohalla.foundation.reports import searching
from mohalla.foundation.reports.events import BytesUnwanted
from mohalla.foundation.reports.models import (
    Attachment,
    Contact,
    Message,
    Report,
    Sealed,
    SealedKey,
)


def destroy(*, report: Report, at: datetime) -> None:
    """Words, messages, name, contacts, and the keys of what a browser sealed; the bytes of files go with a job of the same transaction.

    Who may, and the entry in the ledger, are the caller's.
    """
    with transaction.atomic():
        searching.remove(report.pk, report.search_key)
        said = ("body", "landmark", "about_officer", "name", "search_key")
        Report.objects.filter(pk=report.pk).update(**dict.fromkeys(said, ""))
        for field in said:
            setattr(report, field, "")
        Message.objects.filter(report=report).update(body="", sealed=False)
        gone = {"value_sealed": "", "lookup": "", "safe_from": None, "safe_to": None}
        Contact.objects.filter(report=report, removed_at=None).update(removed_at=at)
        Contact.objects.filter(report=report).update(**gone)
        Sealed.objects.filter(report=report).update(identity="")
        SealedKey.objects.filter(report=report).update(sealed="")
        rows = Attachment.objects.filter(report=report)
        held = {key for pair in rows.values_list("sha256", "copy_sha256") for key in pair if key}
        rows.update(sha256="", copy_sha256="", size=0, copy=Attachment.Copy.NONE)
        if held:
            events.publish(BytesUnwanted(files=tuple(sorted(held))))


def drop_bytes(*, hashes: Iterable[str]) -> int:
    """Off the disk, where no other row has the same file; safe to run twice."""
    done = 0
    for held in hashes:
        if not Attachment.objects.filter(Q(sha256=held) | Q(copy_sha256=held)).exists():
            done += files.exists(held)
            files.forget(held)
    return done
