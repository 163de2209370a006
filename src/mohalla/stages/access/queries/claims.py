"""Requests for a new receipt: for the one who asked, the holder of the old one, and the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from mohalla.foundation import catalogue, identifiers, seal
from mohalla.foundation.catalogue.entries import in_language
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.stages.access.models import ReceiptClaim
from mohalla.stages.access.rules.claims import ANSWER, standing, why_not
from mohalla.station.casework import names
from mohalla.station.casework import queries as cases
from mohalla.station.casework.models import Case
from mohalla.station.casework.rules.calling_back import RECEIPT

OUTSIDE = ("rts_commission", "justice_of_peace")  # for somebody whom the desk did not believe
PAGE = 100


@dataclass(frozen=True, kw_only=True)
class ClaimSeen:
    """What the claim number opens. `receipt` and `reference` only where it was granted."""

    state: str
    opens_at: datetime
    answer_by: datetime
    reference: str = ""
    receipt: str = ""


def of_number(typed: str, *, at: datetime) -> ClaimSeen | None:
    """The request of a claim number; unknown and malformed look alike."""
    lookup = identifiers.receipt_lookup(identifiers.normal_receipt(typed))
    claim = ReceiptClaim.objects.select_related("report").filter(claim_lookup=lookup).first()
    if claim is None:
        return None
    report = claim.report
    state = standing(
        matched=report is not None,
        decision=claim.decision,
        stands=report is not None and report.receipt_version == claim.version,
        opens_at=claim.opens_at,
        at=at,
    )
    given = report if state == "granted" else None
    return ClaimSeen(
        state=state,
        opens_at=claim.opens_at,
        answer_by=claim.opens_at + ANSWER,
        reference=given.reference if given else "",
        receipt=identifiers.receipt_for(given.pk, given.receipt_version) if given else "",
    )


def outside_doors(language: str) -> list[tuple[str, str, str]]:
    """Name, how, telephone of the lawful doors outside, as far as this catalogue has them."""
    book = catalogue.get().doors
    found = [book[code] for code in OUTSIDE if code in book]
    return [(row.name(language), in_language(row.how, language), row.phone) for row in found]


def open_of(case: Case) -> list[ReceiptClaim]:
    """Requests about this report that nobody has decided, the oldest first."""
    found = ReceiptClaim.objects.filter(report_id=case.pk, decided_at=None)
    return list(found.select_related("promise").order_by("asked_at"))


def running(claim: ReceiptClaim) -> Promise | None:
    """The promise to decide that is open now: the first, or the one with a new time after it."""
    row = claim.promise
    while row is not None and row.ended_at is not None:
        row = Promise.objects.filter(after=row).order_by("-made_at", "-pk").first()
    return row if row is not None and row.kind == RECEIPT else None


def of_desks(viewer: Viewer, *, language: str) -> list[dict[str, Any]]:
    """Requests that the viewer's desks decide or have decided: the open ones first, then by time."""
    found = list(
        ReceiptClaim.objects.filter(unit_id__in=viewer.units, report__isnull=False)
        .select_related("report", "promise")
        .order_by("-asked_at")[:PAGE]
    )
    seen = cases.cases_by_reference(viewer, {row.report.reference for row in found if row.report})
    rows = [
        {"claim": row, "case": case, "category": names.category(case, language)}
        for row in found
        if row.report and (case := seen.get(row.report.reference))
    ]
    return sorted(rows, key=lambda row: row["claim"].decided_at is not None)


def for_desk(viewer: Viewer, key: UUID) -> tuple[ReceiptClaim, Case]:
    """One request with its case. Raises `CaseHidden` for what is not the viewer's."""
    found = ReceiptClaim.objects.select_related("report", "promise").filter(
        pk=key, unit_id__in=viewer.units, report__in=cases.seen_by(viewer).values("pk")
    )
    claim = found.first()
    if claim is None or claim.report is None:
        raise cases.CaseHidden(str(key))
    return claim, cases.case_for(viewer, claim.report.reference)


def beside(claim: ReceiptClaim, case: Case, viewer: Viewer, *, language: str) -> dict[str, Any]:
    """What was told now beside what was told then, as far as this server can open it."""
    report, directory = case.report, units.directory()
    return {
        "told": seal.unseal(claim.told),
        "contact": seal.unseal(claim.contact),
        "reason": seal.unseal(claim.reason) if claim.reason else "",
        "by": names.officer(directory, claim.decided_by_id, language),
        "words": reports.opened(report, report.body),
        "readable": reports.readable(report),
        "name": reports.opened(report, report.name),
        "about_officer": reports.opened(report, report.about_officer),
        "landmark": reports.opened(report, report.landmark),
        "place": case.place.name(language) if case.place else "",
        "category": names.category(case, language),
        "door": names.door(report.door),
        "files": report.attachments.count(),
        "talk": [
            {"at": row.at, "text": reports.message_text(row)}
            for row in report.messages.filter(officer=None).order_by("at")
        ],
        "others": [row for row in open_of(case) if row.pk != claim.pk],
        "why_not": why_not(
            directory,
            officer=viewer.officer,
            desks=viewer.units,
            has_case=(case.unit_id, case.officer_id),
            filed_by=report.filed_by_id,
        ),
    }
