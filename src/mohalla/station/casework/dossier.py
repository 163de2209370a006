"""One case on one page: everything the desk may read about it, in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mohalla.foundation import catalogue
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Attachment, Report
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions, identity, names, queries
from mohalla.station.casework.models import Case, CaseLink, Outcome
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules import stages

HISTORY = 200
Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Texts are as typed, opened where this server can open them."""

    category: str
    place: str
    landmark: str
    door: str
    words: str
    readable: bool
    name: str
    destroyed: bool  # what was said is gone, by the reporter's wish
    masked: bool  # a name is there, and two bodies must agree before it is shown
    about_officer: str
    files: list[Attachment]
    bare: bool  # one of them has no copy without what the device wrote into it
    contact: dict[str, Any] | None
    owner: dict[str, str]
    promises: Rows
    stages: list[tuple[str, str, str]]
    talk: Rows
    attempts: Rows
    records: Rows
    notes: Rows
    outcomes: Rows
    waiting: dict[str, Any] | None
    links: list[str]
    history: Rows


def dossier(case: Case, viewer: Viewer, *, language: str, at: datetime) -> Dossier:
    """About sixteen statements, whatever the length of the history."""
    report, directory = case.report, units.directory()
    known = identity.is_open(case, viewer, at=at)
    outcomes = list(
        case.outcomes.select_related("proposed_by", "second_by")
        .prefetch_related("proofs")
        .order_by("proposed_at")
    )
    ours = {proof.attachment_id for row in outcomes for proof in row.proofs.all()}
    files = [row for row in report.attachments.order_by("uploaded_at") if row.pk not in ours]
    shown = [_outcome(row, directory, language) for row in outcomes]
    waiting = next((row for row in shown if not row["verdict"]), None)
    return Dossier(
        category=names.category(case, language),
        place=case.place.name(language) if case.place else "",
        landmark=reports.opened(report, report.landmark),
        door=names.door(report.door),
        words=reports.opened(report, report.body),
        readable=reports.readable(report),
        name=reports.opened(report, report.name) if known else "",
        destroyed=not report.body and identity.words_destroyed(case),
        masked=bool(report.name) and not known,
        about_officer=reports.opened(report, report.about_officer),
        files=files,
        bare=any(row.copy == Attachment.Copy.NONE for row in files),
        contact=contact_rules(report, shown=known),
        owner={
            "rank": names.officer(directory, case.officer_id, language),
            "desk": names.unit(directory, case.unit_id, language),
        },
        promises=[
            promise_row(row, directory, language) for row in queries.promises_of(case)
        ],
        stages=_stages(case, language),
        talk=_talk(report, directory, language),
        attempts=_attempts(case, directory, language),
        records=[
            {"kind": row.get_kind_display(), "number": row.number, "on": row.dated_on,
             "sections": row.sections, "at": row.at,
             "text": actions.text_of(row),
             "by": names.officer(directory, row.officer_id, language)}
            for row in case.records.order_by("at")
        ],
        notes=[
            {"kind": row.get_kind_display(), "text": actions.note_text(row), "at": row.at, "told_at": row.told_at,
             "by": names.officer(directory, row.officer_id, language)}
            for row in case.notes.order_by("at")
        ],
        outcomes=shown,
        waiting=waiting,
        links=_links(case, viewer),
        history=_history(case, directory, language),
    )  # fmt: skip


def promise_row(promise: Promise, directory: Directory, language: str) -> dict[str, Any]:
    """As the card of a promise wants it."""
    return {
        "kind": promise.kind,
        "kind_name": names.promise(promise.kind, language),
        "state": promise.state,
        "state_name": promise.get_state_display() if promise.rests_since is None else _resting(),
        "due_at": promise.due_at,
        "ended_at": promise.ended_at,
        "open": promise.state == State.OPEN,
        "owner": {
            "rank": names.officer(directory, promise.officer_id, language),
            "desk": names.unit(directory, promise.unit_id, language),
        },
    }


def _resting() -> str:
    return _("the reporter's turn")


def contact_rules(report: Report, *, shown: bool) -> dict[str, Any] | None:
    """How the person may be reached, and when; None where no way is known. `shown`: the number."""
    row = reports.contact_of(report)
    if row is None:
        return None
    hours = "" if row.safe_from is None else f"{row.safe_from:02}:00–{row.safe_to:02}:00"
    return {
        "value": reports.contact_value(row) if shown and row.way != "none" else "",
        "masked": not shown,
        "way": row.way,
        "hours": hours,
        "discreet": row.discreet,
    }


def _stages(case: Case, language: str) -> list[tuple[str, str, str]]:
    category = queries.category_of(case)
    line = stages.line(
        category.matter if category else None,
        now=case.stage,
        been=set(case.moves.values_list("to_stage", flat=True)),
    )
    return [
        (codes[0], " / ".join(names.stage(code, language) for code in codes), state)
        for codes, state in line
    ]


def _talk(report: Report, directory: Directory, language: str) -> Rows:
    return [
        {
            "text": reports.message_text(row),
            "mine": row.officer_id is not None,
            "by": names.officer(directory, row.officer_id, language),
            "template": bool(row.template),
            "at": row.at,
        }
        for row in report.messages.order_by("at")
    ]


def _attempts(case: Case, directory: Directory, language: str) -> Rows:
    return [
        {
            "at": row.at,
            "way": row.get_way_display(),
            "reached": row.reached,
            "allowed": row.allowed,
            "note": actions.attempt_note(row),
            "answer": row.answer,
            "answer_name": row.get_answer_display(),
            "by": names.officer(directory, row.officer_id, language),
        }
        for row in case.attempts.order_by("at")
    ]


def _outcome(row: Outcome, directory: Directory, language: str) -> dict[str, Any]:
    kind = catalogue.get().outcomes.get(row.kind)
    return {
        "kind": kind.name(language) if kind else row.kind,
        "words": actions.words(row),
        "reason": actions.reason(row),
        "referred_to": row.referred_to,
        "referred_number": row.referred_number,
        "answer_on": row.answer_on,
        "at": row.proposed_at,
        "by": names.officer(directory, row.proposed_by_id, language),
        "by_id": row.proposed_by_id,
        "second": names.officer(directory, row.second_by_id, language),
        "asked": row.asked_at is not None,
        "verdict": row.verdict,
        "verdict_reason": actions.verdict_reason(row),
        "verdict_name": row.get_verdict_display(),
        "proofs": list(row.proofs.all()),
    }


def _links(case: Case, viewer: Viewer) -> list[str]:
    """References of linked cases that this viewer may open; of others not a trace."""
    linked = CaseLink.objects.filter(case=case).values_list("other__reference", flat=True)
    return sorted(queries.cases_by_reference(viewer, set(linked)))


def _history(case: Case, directory: Directory, language: str) -> Rows:
    found = Entry.objects.filter(room=ROOM, subject=case.reference).order_by("-at", "-pk")
    return [
        {
            "at": row.at,
            "what": names.done(row.what, row.facts, language),
            "by": names.said_by(directory, row.by, language),
        }
        for row in found[:HISTORY]
    ]
