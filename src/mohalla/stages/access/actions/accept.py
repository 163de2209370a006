"""Accept a report: stored, routed, owned, promised; and only then acknowledged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from mohalla.foundation import catalogue, events, identifiers, rows
from mohalla.foundation.catalogue import Category, UnknownCategory
from mohalla.foundation.places import queries as places
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Idempotency, Report
from mohalla.foundation.reports.submission import Submission
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.stages.access.events import ReportAccepted
from mohalla.station.casework.actions import owe_call_back, prepared_case
from mohalla.station.casework.actions.open_case import CaseRows
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.routing import Matter, route

TEXT_LIMIT = 20_000  # characters; about ten pages


class ReportRefused(Exception):
    """`reason`: empty, too_long, category, attachments, idempotency. Nothing was stored."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """What the person gets: 20-digit receipt, short reference, the contact promise."""

    report: UUID
    reference: str
    receipt: str
    promise: Promise
    excluded: Exclusion
    fresh: bool = True


@dataclass(frozen=True)
class Located:
    place: int | None
    station: int | None
    district: int | None


def accept(*, submission: Submission, at: datetime, body_hash: str = "") -> Acknowledgement:
    """Store report, case, promises and history in one transaction; raises `ReportRefused`.

    The same `idempotency_key` with the same body gives the same answer and nothing new.
    """
    category = _checked(submission)
    body_hash = body_hash or _hash(submission)
    if submission.idempotency_key:
        known = _known(submission.idempotency_key, body_hash)
        if known is not None:
            return known
    directory = units.directory()
    located = locate(submission, directory, at)
    report, made, excluded = _rows(submission, category, directory, located, at)
    try:
        with transaction.atomic():
            _store(submission, report, made, body_hash, at)
            events.publish(ReportAccepted(report=report.pk, at=at))
    except IntegrityError:
        if submission.idempotency_key:  # the same key arrived twice at the same moment
            known = _known(submission.idempotency_key, body_hash)
            if known is not None:
                return known
        raise
    return Acknowledgement(
        report=report.pk,
        reference=report.reference,
        receipt=identifiers.receipt_for(report.pk, report.receipt_version),
        promise=made.promise("contact"),
        excluded=excluded,
    )


def _checked(submission: Submission) -> Category | None:
    if not submission.text.strip() and not submission.attachments:
        raise ReportRefused("empty")
    if len(submission.text) > TEXT_LIMIT:
        raise ReportRefused("too_long")
    if not submission.category:
        return None
    try:
        return catalogue.get().category(submission.category)
    except UnknownCategory:
        raise ReportRefused("category") from None


def locate(submission: Submission, directory: Directory, at: datetime) -> Located:
    """Place, station and district of a submission, each None where it cannot be told."""
    code = submission.place
    if not code and submission.lat is not None and submission.lon is not None:
        near = places.place_at(submission.lat, submission.lon, at)
        code = near.code if near is not None else ""
    place = directory.mohalla(code, at.date()) if code else None
    if place is not None:
        beat = directory.beat_of(place.id)
        return Located(place.id, beat.station if beat else None, place.district)
    chosen = directory.by_code.get(submission.unit or submission.about_unit)
    if chosen is not None:
        return Located(None, chosen.id if chosen.kind == "station" else None, chosen.district)
    return Located(None, None, None)


def _rows(
    submission: Submission,
    category: Category | None,
    directory: Directory,
    located: Located,
    at: datetime,
) -> tuple[Report, CaseRows, Exclusion]:
    about = directory.by_code.get(submission.about_unit)
    matter_at = submission.happened_at or at
    matter = Matter(
        category=category,
        place=located.place,
        station=located.station,
        district=located.district,
        named_units=frozenset({about.id}) if about else frozenset(),
        matter_at=matter_at,
    )
    routed = route(directory, matter, at=at)
    report = reports.prepared_report(
        submission,
        sensitivity=routed.sensitivity,
        place=located.place,
        about_unit=about.id if about else None,
        at=at,
    )
    by = f"officer:{submission.filed_by}" if submission.filed_by else "sender"
    made = prepared_case(
        report,
        category=category,
        route=routed,
        contact=submission.contact,
        named_officers=frozenset(),
        matter_at=matter_at,
        place=located.place,
        by=by,
        at=at,
    )
    if submission.filed_by:
        owe_call_back(
            made, directory, filed_by=submission.filed_by, excluded=routed.exclusion, at=at
        )
    return report, made, routed.exclusion


def _store(
    submission: Submission, report: Report, made: CaseRows, body_hash: str, at: datetime
) -> None:
    """A few set-based statements; their order is that of the references between them."""
    rows.store([report])
    if submission.attachments:
        try:
            reports.claim_attachments(report, submission.attachments)
        except reports.AttachmentMissing:
            raise ReportRefused("attachments") from None
    if submission.contact is not None:
        rows.store([reports.prepared_contact(report, submission.contact, at=at)])
    for part in made.parts():
        rows.store(part)
    if submission.idempotency_key:
        key = identifiers.contact_lookup(submission.idempotency_key)
        rows.store([Idempotency(key_hash=key, body_hash=body_hash, report=report, at=at)])


def _known(key: str, body_hash: str) -> Acknowledgement | None:
    lookup = identifiers.contact_lookup(key)
    if not rows.holds(Idempotency, lookup):
        return None
    row = Idempotency.objects.select_related("report").get(pk=lookup)
    if row.body_hash != body_hash:
        raise ReportRefused("idempotency")
    report = row.report
    case = Case.objects.get(pk=report.pk)
    promise = Promise.objects.filter(subject=case.reference, kind="contact").earliest("made_at")
    return Acknowledgement(
        report=report.pk,
        reference=report.reference,
        receipt=identifiers.receipt_for(report.pk, report.receipt_version),
        promise=promise,
        excluded=units.barred(room=ROOM, subject=case.reference),
        fresh=False,
    )


def _hash(submission: Submission) -> str:
    body = asdict(replace(submission, idempotency_key="", told_at=None))
    return hashlib.sha256(json.dumps(body, default=str, sort_keys=True).encode()).hexdigest()
