"""Keep the file: notes, shortage as a reason, links, merging."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.units.rules.owner import Owner
from mohalla.station.casework import queries
from mohalla.station.casework.actions.verdict import close
from mohalla.station.casework.models import Case, CaseLink, Note
from mohalla.station.casework.models.case import ROOM, Closing
from mohalla.station.casework.rules.calling_back import RECEIPT


class MergeRefused(Exception):
    """Confidential matters (C2, C3) are never merged; nor is a case into itself."""


def note(
    *, case: Case, officer: int, kind: str, text: str, at: datetime,
    told_at: datetime | None = None,
) -> Note:  # fmt: skip
    """A note stays; a shortage ("no men, no vehicle") adds up in the figures and unbreaks nothing."""
    sealed = case.sensitivity != "C1"
    with transaction.atomic():
        row = Note.objects.create(
            case=case,
            kind=kind,
            text=seal.seal(text) if sealed else text,
            sealed=sealed,
            officer_id=officer,
            at=at,
            told_at=told_at,
        )
        ledger.record(
            what=f"note {kind}", room=ROOM, subject=case.reference, by=f"officer:{officer}", at=at
        )
    return row


def note_once(
    *, case: Case, officer: int, kind: str, text: str, key: str, at: datetime,
    told_at: datetime | None,
) -> None:  # fmt: skip
    """As `note`, from a phone that had no network: the same `key` and words stand in the file once."""
    with transaction.atomic():
        if reports.is_first(
            report=case.report, key=f"note {officer} {key}", text=f"{kind} {text}", files=(), at=at
        ):
            note(case=case, officer=officer, kind=kind, text=text, at=at, told_at=told_at)


def note_text(row: Note) -> str:
    return seal.unseal(row.text) if row.sealed else row.text


def link(*, case: Case, other: Case, officer: int, why: str, at: datetime) -> None:
    """Seen together at the desk, both ways; promises and reporters stay apart."""
    by = f"officer:{officer}"
    with transaction.atomic():
        for one, two in ((case, other), (other, case)):
            CaseLink.objects.get_or_create(
                case=one, other=two, defaults={"by": by, "at": at, "why": why}
            )
        ledger.record(what="linked", room=ROOM, subject=case.reference, by=by, at=at)


def merge(*, case: Case, into: Case, officer: int, at: datetime) -> Case:
    """Every report and reporter stays, and the earliest due time of each kind."""
    if case.pk == into.pk or max(case.sensitivity, into.sensitivity) != "C1":
        raise MergeRefused(case.reference)
    by = f"officer:{officer}"
    with transaction.atomic():
        link(case=case, other=into, officer=officer, why="merged", at=at)
        _earliest(case, into, by, at)
        Case.objects.filter(pk=case.pk).update(merged_into=into)
        case.merged_into = into
        close(case=case, closing=Closing.MERGED, by=by, at=at)
        ledger.record(what="merged", room=ROOM, subject=into.reference, by=by, at=at)
    return case


def _earliest(case: Case, into: Case, by: str, at: datetime) -> None:
    """What was owed earlier stays owed at that time; the later promise of the kind ends."""
    standing = {promise.kind: promise for promise in queries.open_promises(into)}
    for promise in queries.open_promises(case):
        if promise.kind == RECEIPT:
            continue  # about the receipt of its own reporter
        later = standing.get(promise.kind)
        if later is None or later.due_at <= promise.due_at or later.rests_since is not None:
            continue
        owner = Owner(unit=later.unit_id or 0, officer=later.officer_id)
        promises.end(promise=later, state=State.ENDED, by=by, at=at, reason="merged")
        promises.make(
            promises.Owed(
                room=ROOM, subject=into.reference, kind=promise.kind, owner=owner,
                made_at=at, due_at=promise.due_at,
                urgent=promise.urgent or later.urgent,
            ),
            by=by, why="merged", after=later,
        )  # fmt: skip
