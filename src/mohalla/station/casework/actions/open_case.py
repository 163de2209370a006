"""Open the case of a report: recipients, owner, promises and history, in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model

from mohalla.foundation import rows
from mohalla.foundation.catalogue import Category
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports.models import Report
from mohalla.foundation.reports.submission import ContactWish
from mohalla.foundation.units.models import Barred
from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.station.casework.models import Case, Recipient, StageMove
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules import owed
from mohalla.station.casework.rules.routing import Route


@dataclass
class CaseRows:
    """Unsaved rows of one new case, in the order in which they can be stored."""

    case: Case
    barred: list[Barred]
    recipients: list[Recipient]
    moves: list[StageMove]
    promises: list[Promise] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    search: bool = False  # a child is missing

    def parts(self) -> list[Sequence[Model]]:
        """The rows by table, in the order in which they refer to each other."""
        return [
            [self.case], self.barred, self.recipients, self.moves, self.promises, self.entries,
        ]  # fmt: skip

    def promise(self, kind: str) -> Promise:
        return next(promise for promise in self.promises if promise.kind == kind)


def prepared_case(
    report: Report,
    *,
    category: Category | None,
    route: Route,
    contact: ContactWish | None,
    named_officers: frozenset[int],
    matter_at: datetime,
    place: int | None,
    words: str,
    by: str,
    at: datetime,
    sealed_to: Sequence[str] = (),
) -> CaseRows:
    """Everything that exists from the first moment on; nothing is stored here.

    `sealed_to`: ids of the desks' keys that open it, where the sender's device sealed it.
    """
    held = route.owner.unit == 0
    danger = bool(report.danger)
    made = CaseRows(
        case=rows.new(
            Case,
            report_id=report.pk,
            reference=report.reference,
            category=category.code if category else "",
            sensitivity=route.sensitivity,
            exclusion_level=route.level,
            unit_id=route.owner.unit or None,
            officer_id=route.owner.officer,
            place_id=place,
            named_units=sorted(route.named_units),
            named_officers=sorted(named_officers),
            matter_at=matter_at,
            danger=danger,
            opened_at=at,
            moved_at=at,
        ),
        barred=barred(route.exclusion, subject=report.reference, at=at),
        recipients=[]
        if held
        else [
            rows.new(
                Recipient, case_id=report.pk, unit_id=route.owner.unit, since_at=at, why="routed"
            )
        ],
        moves=[rows.new(StageMove, case_id=report.pk, to_stage="received", at=at, by=by)],
        search=bool(category and category.search),
    )
    for kind, due in owed.opening(category, danger=danger, contact=contact, at=at):
        promise = promises.prepared(
            promises.Owed(
                room=ROOM,
                subject=report.reference,
                kind=kind,
                owner=route.owner,
                made_at=at,
                due_at=due,
                urgent=danger or bool(category and category.danger),
                kept=kind == owed.ACKNOWLEDGE,
            )
        )
        made.promises.append(promise)
    facts: dict[str, Any] = {
        "door": report.door,
        "promises": len(made.promises),
        "words": words,
    } | route.inputs()
    if sealed_to:
        facts["sealed_to"] = list(sealed_to)
    made.entries.append(
        ledger.entry(
            what="report received", room=ROOM, subject=report.reference, by=by, at=at, **facts
        )
    )
    return made


def barred(exclusion: Exclusion, *, subject: str, at: datetime) -> list[Barred]:
    """The excluded set as rows that every list and every door looks at."""
    units = [
        rows.new(Barred, room=ROOM, subject=subject, unit_id=unit, reason=reason[:60], since=at)
        for unit, reason in exclusion.units.items()
    ]
    officers = [
        rows.new(
            Barred, room=ROOM, subject=subject, officer_id=officer, reason=reason[:60], since=at
        )
        for officer, reason in exclusion.officers.items()
    ]
    return units + officers
