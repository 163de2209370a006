"""Log a contact, or an honest try; and what the person says about it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import events, seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.promises.rules import clocks
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.submission import ONLY_WRITE
from mohalla.station.casework import queries
from mohalla.station.casework.actions.stage import move_forward
from mohalla.station.casework.events import ContactDenied, ContactLogged
from mohalla.station.casework.models import Case, ContactAttempt
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.models.contact import Way

Answer = ContactAttempt.Answer


class InFuture(Exception):
    """A contact cannot be logged before it happened."""


class NothingAsked(Exception):
    """There is no contact that waits for the person's answer."""


def log_contact(
    *,
    case: Case,
    officer: int,
    way: str,
    happened_at: datetime,
    reached: bool,
    at: datetime,
    note: str = "",
) -> ContactAttempt:
    """Reached: the promise is claimed until the person says. Two timely tries by two ways: tried."""
    if happened_at > at:
        raise InFuture(happened_at.isoformat())
    by = f"officer:{officer}"
    sealed = case.sensitivity != "C1" and bool(note)
    with transaction.atomic():
        attempt = ContactAttempt.objects.create(
            case=case,
            officer_id=officer,
            at=happened_at,
            logged_at=at,
            way=way,
            reached=reached,
            allowed=_allowed(case, way, happened_at),
            note=seal.seal(note) if sealed else note,
            sealed=sealed,
            asked_at=at if reached else None,
        )
        ledger.record(
            what="contact logged" if reached else "contact tried",
            room=ROOM,
            subject=case.reference,
            by=by,
            at=at,
            way=way,
            allowed=attempt.allowed,
        )
        promise = queries.open_promise(case, "contact")
        if reached:
            if promise is not None and attempt.allowed:
                promises.end(promise=promise, state=State.CLAIMED, by=by, at=at)
            move_forward(case=case, to="contacted", by=by, at=at)
            events.publish(ContactLogged(case=case.pk, attempt=attempt.pk, at=at))
        elif promise is not None and _honestly_tried(case, promise):
            promises.end(promise=promise, state=State.TRIED, by=by, at=at)
    return attempt


def attempt_note(row: ContactAttempt) -> str:
    """What was noted about a contact, opened."""
    return seal.unseal(row.note) if row.sealed else row.note


def answer_contact(*, case: Case, spoke: bool, door: str, at: datetime) -> ContactAttempt:
    """The reporter's word decides: yes keeps the promise, no breaks it. Raises `NothingAsked`."""
    attempt = case.attempts.filter(reached=True, answer="").order_by("-at").first()
    if attempt is None:
        raise NothingAsked(case.reference)
    with transaction.atomic():
        ContactAttempt.objects.filter(case=case, reached=True, answer="").update(
            answer=Answer.CONFIRMED if spoke else Answer.DENIED, answered_at=at
        )
        ledger.record(
            what="contact confirmed" if spoke else "contact denied",
            room=ROOM,
            subject=case.reference,
            by="reporter",
            at=at,
            door=door,
        )
        promise = queries.claimed_promise(case, "contact")
        if promise is not None and spoke:
            promises.end(promise=promise, state=State.KEPT, by="reporter", at=at)
        elif promise is not None:
            promises.break_promise(
                promise=promise, ended_at=at, by="reporter", at=at, reason="contact denied"
            )
        if not spoke:
            events.publish(ContactDenied(case=case.pk, at=at))
    attempt.refresh_from_db()
    return attempt


def _allowed(case: Case, way: str, at: datetime) -> bool:
    if way in {Way.MESSAGE, Way.OFFICE}:
        return True
    contact = reports.contact_of(case.report)
    if contact is None or contact.way in {"none", ONLY_WRITE}:
        return False
    return clocks.is_safe(at, contact.safe_from, contact.safe_to)


def _honestly_tried(case: Case, promise: Promise) -> bool:
    ways = set(
        case.attempts.filter(
            reached=False, allowed=True, at__gte=promise.made_at, at__lte=promise.due_at
        ).values_list("way", flat=True)
    )
    return len(ways) >= 2
