"""Rows of a report, exactly as said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mohalla.foundation import identifiers, rows, seal
from mohalla.foundation.places.queries import cell_at
from mohalla.foundation.reports.models import Attachment, Report
from mohalla.foundation.reports.submission import Submission
from mohalla.foundation.text import clean, fold


class AttachmentMissing(Exception):
    """An attachment that was named is unknown or belongs to another report."""


def prepared_report(
    submission: Submission,
    *,
    sensitivity: str,
    place: int | None,
    about_unit: int | None,
    at: datetime,
) -> Report:
    """An unsaved report: C1 in clear, all else sealed on arrival with the server's keys."""
    key = identifiers.new_key()
    clear = sensitivity == "C1"
    body = clean(submission.text)
    keep = _as_is if clear else _sealed
    located = submission.lat is not None and submission.lon is not None
    return rows.new(
        Report,
        id=key,
        reference=identifiers.new_reference(),
        receipt_lookup=identifiers.receipt_lookup(identifiers.receipt_for(key, 1)),
        door=submission.door,
        language=submission.language,
        sensitivity=sensitivity,
        envelope=Report.Envelope.NONE if clear else Report.Envelope.SERVER,
        category=submission.category,
        body=keep(body),
        landmark=keep(clean(submission.landmark)),
        about_officer=keep(clean(submission.about_officer)),
        name=keep(clean(submission.name)),
        search_key=fold(f"{body} {submission.landmark}") if clear else "",
        place_id=place,
        cell=cell_at(submission.lat or 0, submission.lon or 0) if located else "",
        about_unit_id=about_unit,
        danger=submission.danger,
        woman_officer=submission.woman_officer,
        happened_at=submission.happened_at,
        told_at=submission.told_at,
        received_at=at,
        filed_by_id=submission.filed_by,
    )


def claim_attachments(report: Report, keys: Iterable[UUID]) -> None:
    """Bind uploads to the report: all of them, or `AttachmentMissing` and nothing."""
    wanted = set(keys)
    if wanted:
        claimed = Attachment.objects.filter(pk__in=wanted, report=None).update(report=report)
        if claimed != len(wanted):
            raise AttachmentMissing(f"{len(wanted) - claimed} attachments are not to be had")


def _as_is(text: str) -> str:
    return text


def _sealed(text: str) -> str:
    return seal.seal(text) if text else ""
