"""A report as its reporter sees it: for the web, the API and the text dialogue alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mohalla.foundation import catalogue
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.foundation.units.rules.owner import Owner, next_owner
from mohalla.stages.access.queries import enclosed, papers
from mohalla.stages.access.rules.naming import named
from mohalla.station.casework import actions as casework
from mohalla.station.casework import queries as cases
from mohalla.station.casework import readings as opened
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules import outcomes, stages


@dataclass(frozen=True, kw_only=True)
class PromiseSeen:
    kind: str
    kind_name: str
    state: str
    state_name: str
    made_at: datetime
    due_at: datetime
    ended_at: datetime | None
    owner: dict[str, str] | None
    next_owner: dict[str, str] | None


@dataclass(frozen=True, kw_only=True)
class ReportSeen:
    """Everything a holder of the receipt may read. Times are aware; texts as typed."""

    reference: str
    stage: str
    stage_name: str
    joined: str  # the stage of the earlier case that this one was joined with; empty: none
    stages: list[tuple[str, str, str]]  # code, name, done | now | next
    timeline: list[dict[str, Any]]
    promises: list[PromiseSeen]
    messages: list[dict[str, Any]]
    proposed_outcome: dict[str, Any] | None
    contact_question: dict[str, Any] | None
    body: str
    closing: str
    can_reopen: bool
    withdrawal_asked: bool
    has_contact: bool
    papers: list[papers.Paper]  # what the police wrote in their books, for the person to hold
    grievance: str  # why a petition is offered; empty: none
    next_authority: dict[str, str] | None  # who must answer now why there is no FIR
    files: list[enclosed.FileSeen]  # her own, and what the police gave as proof
    sealing: SealedSeen | None  # where her own device sealed it


@dataclass(frozen=True, kw_only=True)
class SealedSeen:
    """`key`: the report's private key, sealed to what follows of her receipt; `recipient`: its
    public half, to which she seals what she writes."""

    key: str
    recipient: str


def of_receipt(receipt: str) -> Case | None:
    """The case of a receipt; unknown and malformed look alike."""
    report = reports.by_receipt(receipt)
    return Case.objects.select_related("report", "unit").get(pk=report.pk) if report else None


def seen(case: Case, *, language: str, at: datetime) -> ReportSeen:
    """About eleven statements, whatever the length of the history."""
    book = catalogue.get()
    category = cases.category_of(case)
    matter = category.matter if category else None
    directory = units.directory()
    excluded = units.barred(room=ROOM, subject=case.reference)
    promises = cases.promises_of(case)
    joined = case.merged_into  # its stages and times are hers too; its words are not
    if joined is not None:
        promises = promises + cases.promises_of(joined)
    written = papers.of(case, directory, language)
    moves = list(case.moves.order_by("at", "pk"))
    attempt = case.attempts.filter(reached=True, answer="").order_by("-at").first()
    return ReportSeen(
        reference=case.reference,
        stage=case.stage,
        stage_name=book.stage_name(case.stage, language),
        joined=book.stage_name(joined.stage, language) if joined else "",
        stages=[
            (codes[0], " / ".join(book.stage_name(code, language) for code in codes), state)
            for codes, state in stages.line(
                matter, now=case.stage, been={move.to_stage for move in moves}
            )
        ],
        timeline=[
            {"at": move.at, "stage": move.to_stage,
             "text": book.stage_name(stages.shown_move(move.from_stage, move.to_stage), language)}
            for move in moves
        ],
        promises=[
            promise_seen(promise, directory, excluded, language, at)
            for promise in promises
        ],
        messages=[
            {"mine": row.officer_id is None, "at": row.at, "text": reports.message_text(row)}
            for row in case.report.messages.order_by("at")
        ],
        proposed_outcome=_outcome(case, language),
        contact_question={
            "at": attempt.at, "way": attempt.way, "way_name": attempt.get_way_display()
        } if attempt else None,
        body=reports.opened(case.report, case.report.body),
        closing=case.closing,
        can_reopen=case.closed_at is not None,
        withdrawal_asked=case.withdrawal_asked_at is not None,
        has_contact=reports.contact_of(case.report) is not None,
        papers=written,
        grievance=papers.grievance_of(case, promises, written),
        next_authority=_next_authority(promises, directory, language),
        files=enclosed.of(case),
        sealing=_sealing(case),
    )  # fmt: skip


def _sealing(case: Case) -> SealedSeen | None:
    sealing = reports.sealing_of(case.report)
    if sealing is None:
        return None
    return SealedSeen(key=reports.key_of_reporter(case.report), recipient=sealing.recipient)


def owed_now(reference: str, *, language: str, at: datetime) -> list[PromiseSeen]:
    """Contact and call-back of a case that has just been written down, the next due first."""
    directory = units.directory()
    excluded = units.barred(room=ROOM, subject=reference)
    rows = (
        Promise.objects.open()
        .filter(room=ROOM, subject=reference, kind__in=("contact", "call_back"))
        .order_by("due_at")
    )
    return [promise_seen(row, directory, excluded, language, at) for row in rows]


def readings(case: Case, language: str) -> list[dict[str, Any]]:
    """Who opened it, by rank and desk (the name where the rule allows it), the last one first."""
    directory = units.directory()
    return [
        {
            "who": papers.person(
                named(directory, Owner(unit=row.unit, officer=row.officer), language)
            ),
            "first": row.first,
            "last": row.last,
            "times": row.times,
            "taken": row.taken,
            "exported": row.exported,
            "numbers": row.numbers,
            "searched": row.searched,
        }
        for row in opened.of_case(case)
    ]


def promise_seen(
    promise: Promise, directory: Directory, excluded: Exclusion, language: str, at: datetime
) -> PromiseSeen:
    """One promise with its owner, and who is next if it is late."""
    book = catalogue.get()
    owner = Owner(unit=promise.unit_id or 0, officer=promise.officer_id)
    upper = (
        next_owner(directory, unit=promise.unit_id, at=at, excluded=excluded)
        if promise.unit_id
        else None
    )
    return PromiseSeen(
        kind=promise.kind,
        kind_name=book.promise_name(promise.kind, language),
        state=promise.state,
        state_name=book.state_name(promise.state, language),
        made_at=promise.made_at,
        due_at=promise.due_at,
        ended_at=promise.ended_at,
        owner=papers.person(named(directory, owner, language)),
        next_owner=papers.person(named(directory, upper, language)),
    )


def _next_authority(
    promises: list[Promise], directory: Directory, language: str
) -> dict[str, str] | None:
    asked = [row for row in promises if row.kind == "non_registration" and row.state == State.OPEN]
    if not asked:
        return None
    owner = Owner(unit=asked[-1].unit_id or 0, officer=asked[-1].officer_id)
    return papers.person(named(directory, owner, language))


def _outcome(case: Case, language: str) -> dict[str, Any] | None:
    outcome = cases.open_outcome(case)
    if outcome is None or outcome.asked_at is None:
        return None
    kind = catalogue.get().outcomes[outcome.kind]
    return {
        "kind": outcome.kind,
        "kind_name": kind.name(language),
        "what_done": casework.words(outcome),
        "reason": casework.reason(outcome),
        "proposed_at": outcome.proposed_at,
        "reply_until": outcomes.reply_until(kind, outcome.asked_at),
        "referred_to": outcome.referred_to,
        "referred_number": outcome.referred_number,
        "answer_on": outcome.answer_on,
        "proof": [
            {"kind": proof.kind, "kind_name": proof.get_kind_display(), "number": proof.number,
             "at": proof.taken_at, "attachment": str(proof.attachment_id or "")}
            for proof in outcome.proofs.all()
        ],
    }  # fmt: skip
