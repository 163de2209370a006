"""Rows of a report, exactly as said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from mohalla.foundation import identifiers, rows, seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.places.queries import cell_at
from mohalla.foundation.reports.actions.attach import BOUND, ROOM
from mohalla.foundation.reports.models import Attachment, Report, Sealed, SealedKey
from mohalla.foundation.reports.submission import SealedWords, Submission
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
    """An unsaved report: C1 in clear, all else sealed: on its device, or on arrival by our keys."""
    key = identifiers.new_key()
    sealed = submission.sealed
    clear = sensitivity == "C1" and sealed is None
    receipt = identifiers.receipt_for(key, 1) if sealed is None else sealed.token
    body = clean(submission.text)
    keep = _as_is if clear else _sealed
    located = submission.lat is not None and submission.lon is not None
    return rows.new(
        Report,
        id=key,
        reference=identifiers.new_reference(),
        receipt_lookup=identifiers.receipt_lookup(receipt),
        door=submission.door,
        language=submission.language,
        sensitivity=sensitivity,
        envelope=_envelope(clear=clear, sealed=sealed is not None),
        category=submission.category,
        body=keep(body) if sealed is None else sealed.envelope,
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


def prepared_seal(
    report: Report, sealed: SealedWords, *, at: datetime
) -> tuple[Sealed, list[SealedKey]]:
    """Unsaved rows beside a report that its sender's device sealed."""
    sealing = rows.new(
        Sealed, report_id=report.pk, recipient=sealed.recipient, identity=sealed.identity,
        inner_id=sealed.inner, outer_id=sealed.outer,
    )  # fmt: skip
    keys = [
        rows.new(
            SealedKey, report_id=report.pk, desk_key_id=desk_key, sealed=key, by="sender", at=at
        )
        for desk_key, key in sealed.keys
    ]
    return sealing, keys


def _envelope(*, clear: bool, sealed: bool) -> Report.Envelope:
    if sealed:
        return Report.Envelope.BROWSER
    return Report.Envelope.NONE if clear else Report.Envelope.SERVER


def claim_attachments(report: Report, keys: Iterable[UUID], *, by: str, at: datetime) -> None:
    """Bind uploads to the report: all of them, or `AttachmentMissing` and nothing."""
    wanted = set(keys)
    if wanted:
        claimed = Attachment.objects.filter(pk__in=wanted, report=None).update(report=report)
        if claimed != len(wanted):
            raise AttachmentMissing(f"{len(wanted) - claimed} attachments are not to be had")
        bound = Attachment.objects.filter(pk__in=wanted).values_list("pk", "sha256").order_by("pk")
        Entry.objects.bulk_create(
            ledger.entry(
                what=BOUND, room=ROOM, subject=key, by=by, at=at, sha256=sha256,
                report=report.reference,
            )
            for key, sha256 in bound
        )  # fmt: skip


def _as_is(text: str) -> str:
    return text


def _sealed(text: str) -> str:
    return seal.seal(text) if text else ""
