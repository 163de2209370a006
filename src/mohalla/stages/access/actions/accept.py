"""Accept a report: stored, routed, owned, promised; and only then acknowledged."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError

from mohalla.foundation import catalogue, events, identifiers, rows
from mohalla.foundation.catalogue import Category, UnknownCategory
from mohalla.foundation.places import queries as places
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Idempotency, Report
from mohalla.foundation.reports.submission import SealedWords, Submission
from mohalla.foundation.text import clean
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.stages.access.queries import proved, sealing
from mohalla.stages.access.rules import filing
from mohalla.station.casework.actions import owe_call_back, prepared_case
from mohalla.station.casework.actions.open_case import CaseRows
from mohalla.station.casework.events import ChildMissing, DangerTold
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.routing import Matter, Route, route

TEXT_LIMIT = 20_000  # characters; about ten pages
TRIES = 4  # among a million reports one reference in twenty thousand is taken already


class ReportRefused(Exception):
    """`reason`: empty, too_long, category, attachments, idempotency, keys (sealed for other desks
    than those that may have it now: seal it again). Nothing was stored."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Acknowledgement:
    """What the person gets: 20-digit receipt (empty where her own device made it), short reference,
    the contact promise, and the signed note that proves it.

    `excluded` and `directory` are those it was routed by: they say who may be named as its owner.
    """

    report: UUID
    reference: str
    receipt: str
    promise: Promise
    signed: str
    excluded: Exclusion
    directory: Directory
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
    for again in reversed(range(TRIES)):
        report, made, excluded = _rows(submission, category, directory, located, at)
        try:
            rows.commit(_act(submission, report, made, body_hash, at))
            break
        except IntegrityError:
            if submission.idempotency_key:  # the same key arrived twice at the same moment
                known = _known(submission.idempotency_key, body_hash)
                if known is not None:
                    return known
            if not again:
                raise
    return Acknowledgement(
        report=report.pk,
        reference=report.reference,
        receipt=_receipt(report),
        promise=made.promise("contact"),
        signed=proved.signed(made.entries[0], contact_by=made.promise("contact").due_at),
        excluded=excluded,
        directory=directory,
    )


def accept_again(*, submission: Submission, at: datetime) -> Acknowledgement:
    """As `accept`; what was changed after it had been sent is a report of its own, however often sent."""
    try:
        return accept(submission=submission, at=at)
    except ReportRefused as refusal:
        if refusal.reason != "idempotency":
            raise
    key = f"{submission.idempotency_key}:{_hash(submission)}"
    return accept(submission=replace(submission, idempotency_key=key), at=at)


def _receipt(report: Report) -> str:
    """The first one, never a renewed one; none where her own device made it."""
    if report.envelope == Report.Envelope.BROWSER:
        return ""
    return identifiers.receipt_for(report.pk, 1)


def _checked(submission: Submission) -> Category | None:
    if not submission.text.strip() and not submission.attachments and submission.sealed is None:
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


def routed_now(
    submission: Submission,
    category: Category | None,
    directory: Directory,
    located: Located,
    at: datetime,
) -> Route:
    """Who gets it, and who never does."""
    about = directory.by_code.get(submission.about_unit)
    matter = Matter(
        category=category,
        place=located.place,
        station=located.station,
        district=located.district,
        named_units=frozenset({about.id}) if about else frozenset(),
        matter_at=submission.happened_at or at,
    )
    return route(directory, matter, at=at)


def _for_these_desks(
    sealed: SealedWords, routed: Route, category: Category | None, directory: Directory
) -> None:
    """Sealed for exactly those who may open it now: a desk whose key changed meanwhile, or that is
    excluded, is no reason to keep a report that its owner cannot read, or that somebody else can."""
    allowed = sealing.allowed(routed, category, directory)
    wanted = {None, *(key.id for key in allowed.desks)} if allowed else {None}
    bodies = (
        (allowed.inner.unit, allowed.outer.unit)
        if allowed and allowed.inner and allowed.outer
        else (None, None)
    )
    if len(wanted) < 2 or {key for key, _sealed in sealed.keys} != wanted:
        raise ReportRefused("keys")
    if sealed.identity and (sealed.inner, sealed.outer) != bodies:
        raise ReportRefused("keys")


def _rows(
    submission: Submission,
    category: Category | None,
    directory: Directory,
    located: Located,
    at: datetime,
) -> tuple[Report, CaseRows, Exclusion]:
    about = directory.by_code.get(submission.about_unit)
    matter_at = submission.happened_at or at
    routed = routed_now(submission, category, directory, located, at)
    if submission.sealed is not None:
        _for_these_desks(submission.sealed, routed, category, directory)
    report = reports.prepared_report(
        submission,
        sensitivity=routed.sensitivity,
        place=located.place,
        about_unit=about.id if about else None,
        at=at,
    )
    made = prepared_case(
        report,
        category=category,
        route=routed,
        contact=submission.contact,
        named_officers=frozenset(),
        matter_at=matter_at,
        place=located.place,
        words=filing.digest(
            identifiers.words_salt(report.pk),
            report.body if submission.sealed else clean(submission.text),
        ),
        by=_by(submission),
        at=at,
        sealed_to=[str(key) for key, _sealed in submission.sealed.keys if key]
        if submission.sealed
        else (),
    )
    if submission.filed_by:
        owe_call_back(
            made, directory, filed_by=submission.filed_by, excluded=routed.exclusion, at=at
        )
    return report, made, routed.exclusion


def _by(submission: Submission) -> str:
    return f"officer:{submission.filed_by}" if submission.filed_by else "sender"


def _act(
    submission: Submission, report: Report, made: CaseRows, body_hash: str, at: datetime
) -> rows.Act:
    """Everything that must be stored together."""
    act = rows.Act()
    act.add([report])
    if submission.sealed is not None:
        sealing_row, keys = reports.prepared_seal(report, submission.sealed, at=at)
        act.add([sealing_row])
        act.add(keys)
    if submission.contact is not None:
        act.add([reports.prepared_contact(report, submission.contact, at=at)])
    for part in made.parts():
        act.add(part)
    if submission.idempotency_key:
        key = identifiers.contact_lookup(submission.idempotency_key)
        act.add(
            [rows.new(Idempotency, key_hash=key, body_hash=body_hash, report_id=report.pk, at=at)]
        )
    if submission.attachments:
        act.also.append(partial(_claim, report, submission, at))
    if made.search:
        missing = ChildMissing(case=report.pk, door=submission.door, at=at)
        act.also.append(partial(events.publish, missing))
    if submission.danger:
        told = DangerTold(case=report.pk, door=submission.door, at=at)
        act.also.append(partial(events.publish, told))
    return act


def _claim(report: Report, submission: Submission, at: datetime) -> None:
    try:
        reports.claim_attachments(report, submission.attachments, by=_by(submission), at=at)
    except reports.AttachmentMissing:
        raise ReportRefused("attachments") from None


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
    entry = proved.filed(case)
    return Acknowledgement(
        report=report.pk,
        reference=report.reference,
        receipt=_receipt(report),
        promise=promise,
        signed=proved.signed(entry, contact_by=promise.due_at),
        excluded=units.barred(room=ROOM, subject=case.reference),
        directory=units.directory(),
        fresh=False,
    )


def _hash(submission: Submission) -> str:
    body = asdict(replace(submission, idempotency_key="", told_at=None))
    return hashlib.sha256(json.dumps(body, default=str, sort_keys=True).encode()).hexdigest()
