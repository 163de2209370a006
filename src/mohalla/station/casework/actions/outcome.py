"""Propose an outcome; sign it as the second; it is then for the reporter to decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from mohalla.foundation import catalogue, events, seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.reports import actions as reports
from mohalla.station.casework import queries
from mohalla.station.casework.actions.stage import move
from mohalla.station.casework.events import OutcomeProposed
from mohalla.station.casework.models import Case, Outcome, Proof
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.models.outcome import Verdict
from mohalla.station.casework.rules import outcomes
from mohalla.station.casework.rules.outcomes import OutcomeRefused


@dataclass(frozen=True, kw_only=True)
class Artefact:
    """A proof: an attachment or a number, with its time."""

    kind: str
    taken_at: datetime
    number: str = ""
    attachment: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Referral:
    """The body that must do it, the number of our paper there, and when it answers."""

    body: str
    number: str
    answer_on: date | None


NOT_REFERRED = Referral(body="", number="", answer_on=None)


def propose_outcome(
    *,
    case: Case,
    officer: int,
    kind: str,
    what_done: str,
    artefacts: Sequence[Artefact],
    at: datetime,
    reason: str = "",
    referral: Referral = NOT_REFERRED,
) -> Outcome:
    """Ask the reporter, or first the second officer where the kind needs two."""
    given = catalogue.get().outcomes.get(kind)
    category = queries.category_of(case)
    if queries.open_outcome(case) is not None:
        raise OutcomeRefused("waiting")
    outcomes.check(
        given,
        allowed=category.outcomes if category else (),
        what_done=what_done,
        reason=reason,
        proofs=len(artefacts),
        referred=bool(referral.body.strip() and referral.number.strip() and referral.answer_on),
        disputed=_disputed(case),
    )
    assert given is not None
    sealed = case.sensitivity != "C1"
    by = f"officer:{officer}"
    with transaction.atomic():
        row = Outcome.objects.create(
            case=case,
            kind=kind,
            what_done=seal.seal(what_done) if sealed else what_done,
            reason=seal.seal(reason) if sealed and reason else reason,
            sealed=sealed,
            referred_to=referral.body,
            referred_number=referral.number,
            answer_on=referral.answer_on,
            proposed_by_id=officer,
            proposed_at=at,
        )
        reports.claim_attachments(
            case.report, [proof.attachment for proof in artefacts if proof.attachment], by=by, at=at
        )
        Proof.objects.bulk_create(
            Proof(
                outcome=row,
                kind=artefact.kind,
                attachment_id=artefact.attachment,
                number=artefact.number,
                taken_at=artefact.taken_at,
            )
            for artefact in artefacts
        )
        ledger.record(
            what="outcome proposed", room=ROOM, subject=case.reference, by=by, at=at, kind=kind
        )
        if "second_signature" not in given.needs:
            _ask(case, row, by, at)
    return row


def second_outcome(*, outcome: Outcome, officer: int, at: datetime) -> Outcome:
    """A second officer agrees that the matter is not established; only then is she asked."""
    if officer == outcome.proposed_by_id:
        raise OutcomeRefused("same_person")
    by = f"officer:{officer}"
    with transaction.atomic():
        Outcome.objects.filter(pk=outcome.pk, second_by=None).update(
            second_by=officer, second_at=at
        )
        ledger.record(
            what="outcome seconded", room=ROOM, subject=outcome.case.reference, by=by, at=at
        )
        outcome.refresh_from_db()
        if outcome.asked_at is None:
            _ask(outcome.case, outcome, by, at)
    return outcome


def words(outcome: Outcome) -> str:
    """What was done, as proposed."""
    return seal.unseal(outcome.what_done) if outcome.sealed else outcome.what_done


def reason(outcome: Outcome) -> str:
    """Why, as proposed."""
    sealed = outcome.sealed and outcome.reason
    return seal.unseal(outcome.reason) if sealed else outcome.reason


def verdict_reason(outcome: Outcome) -> str:
    """What was said with the verdict."""
    sealed = outcome.sealed and outcome.verdict_reason
    return seal.unseal(outcome.verdict_reason) if sealed else outcome.verdict_reason


def _ask(case: Case, row: Outcome, by: str, at: datetime) -> None:
    row.asked_at = at
    row.save(update_fields=["asked_at"])
    move(case=case, to="outcome_proposed", by=by, at=at)
    promise = queries.open_promise(case, "outcome")
    if promise is not None:
        promises.rest(promise=promise, at=at)
    events.publish(OutcomeProposed(case=case.pk, outcome=row.pk, at=at))


def _disputed(case: Case) -> frozenset[tuple[str, str]]:
    return frozenset(
        (row.kind, words(row).strip()) for row in case.outcomes.filter(verdict=Verdict.DISPUTED)
    )
