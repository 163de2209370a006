"""Every hand that an original goes through, written down with its hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from mohalla.foundation import catalogue, files, seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.rules.commitments import moment
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Attachment
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.models import Case, Custody
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules import custody
from mohalla.station.casework.rules.custody import CustodyRefused

Kind = Custody.Kind


@dataclass(frozen=True, kw_only=True)
class Words:
    """Who took or gave it, the number of the paper about it, and what else is to be known."""

    person: str = ""
    number: str = ""
    note: str = ""


def hand_evidence(
    *,
    case: Case,
    attachment: Attachment | None,
    viewer: Viewer,
    at: datetime,
    happened_at: datetime,
    medium: str,
    words: Words,
    holder: str = "",
    unit: int | None = None,
) -> Custody:
    """To a body of the catalogue or another unit; raises `CustodyRefused`.

    Without an attachment it is the device. The original stays on its shelf; what goes is named.
    """
    if bool(unit) == bool(holder) or (holder and holder not in catalogue.get().holders):
        raise CustodyRefused("to_whom")
    if not words.person.strip():
        raise CustodyRefused("who")
    return _written(
        case, Kind.HANDED, attachment, viewer, at, happened_at, words,
        holder=holder, unit_id=unit, medium=medium,
    )  # fmt: skip


def bring_back(
    *, handed: Custody, viewer: Viewer, at: datetime, happened_at: datetime, words: Words
) -> Custody:
    """What was handed over is here again; once. Raises `CustodyRefused`."""
    if handed.kind != Kind.HANDED or Custody.objects.filter(returns=handed).exists():
        raise CustodyRefused("not_out")
    if happened_at < handed.happened_at:
        raise CustodyRefused("before")
    try:
        return _written(
            handed.case, Kind.RETURNED, handed.attachment, viewer, at, happened_at, words,
            holder=handed.holder, unit_id=handed.unit_id, medium=handed.medium, returns=handed,
        )  # fmt: skip
    except IntegrityError:  # two at the same moment
        raise CustodyRefused("not_out") from None


def check_original(*, case: Case, attachment: Attachment, viewer: Viewer, at: datetime) -> Custody:
    """Read it from the shelf and compare; that it is damaged or gone is written down as well."""
    try:
        whole = sum(map(len, files.chunks(attachment.sha256))) == attachment.size
    except (files.Damaged, FileNotFoundError, seal.Unreadable):
        whole = False
    return _written(case, Kind.CHECKED, attachment, viewer, at, at, Words(), whole=whole)


def add_evidence(
    *,
    case: Case,
    attachment: Attachment,
    viewer: Viewer,
    at: datetime,
    happened_at: datetime,
    words: Words,
) -> Custody:
    """What an officer brought: from a phone, a camera, a paper that was scanned."""
    with transaction.atomic():
        reports.claim_attachments(case.report, [attachment.pk], by=viewer.by, at=at)
        return _written(case, Kind.ADDED, attachment, viewer, at, happened_at, words)


def keep_handset(
    *, case: Case, viewer: Viewer, at: datetime, happened_at: datetime, words: Words
) -> Custody:
    """The device that recorded it stays with its owner, who was asked to keep it unchanged."""
    if not words.person.strip():
        raise CustodyRefused("who")
    return _written(case, Kind.HANDSET, None, viewer, at, happened_at, words)


def words_of(row: Custody) -> Words:
    """As written down."""
    return Words(person=_opened(row.person), number=_opened(row.number), note=_opened(row.note))


def _written(
    case: Case, kind: Custody.Kind, attachment: Attachment | None, viewer: Viewer, at: datetime,
    happened_at: datetime, words: Words, **more: object,
) -> Custody:  # fmt: skip
    if happened_at > at:
        raise CustodyRefused("ahead")
    if attachment is not None and attachment.report_id != case.pk and kind != Kind.ADDED:
        raise CustodyRefused("file")
    row = Custody(
        case=case, kind=kind, attachment=attachment, officer_id=viewer.officer, at=at,
        happened_at=happened_at, desk_id=case.unit_id if case.unit_id in viewer.units else None,
        person=_sealed(words.person), number=_sealed(words.number), note=_sealed(words.note), **more,
    )  # fmt: skip
    said = custody.words_digest(
        str(row.pk), person=words.person, number=words.number, note=words.note
    )
    with transaction.atomic():
        row.save(force_insert=True)
        ledger.record(
            what=custody.ACTS[kind], room=ROOM, subject=case.reference, by=viewer.by, at=at,
            act=str(row.pk), attachment=str(attachment.pk) if attachment else "",
            sha256=attachment.sha256 if attachment else "", holder=row.holder, unit=row.unit_id, desk=row.desk_id,
            medium=row.medium, whole=row.whole, happened=moment(happened_at), said=said,
            returns=str(row.returns_id or ""),
        )  # fmt: skip
    return row


def _sealed(text: str) -> str:
    return seal.seal(text) if text else ""


def _opened(text: str) -> str:
    return seal.unseal(text) if text else ""
