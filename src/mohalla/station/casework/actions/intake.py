"""What the reporter answers to our first questions: danger now, and when to call."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.promises.rules import clocks
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.submission import ContactWish
from mohalla.foundation.units.rules.owner import Owner
from mohalla.station.casework import queries
from mohalla.station.casework.events import DangerTold
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules import owed

WRONG_SIGNATURE = "signature wrong"


def wrong_signatures(*, case: Case, since: datetime) -> int:
    """How often a verdict by text was signed with digits that are not the receipt's."""
    said = Entry.objects.filter(room=ROOM, subject=case.reference, what=WRONG_SIGNATURE)
    return said.filter(at__gt=since).count()


def note_answer(*, case: Case, what: str, door: str, at: datetime, **facts: str) -> None:
    """An answer that changes nothing by itself stands in the history."""
    ledger.record(
        what=what, room=ROOM, subject=case.reference, by="reporter", at=at, door=door, **facts
    )


def tell_danger(*, case: Case, door: str, at: datetime) -> Case:
    """Somebody is in danger now: the duty alarm of the desk rings, and contact is due in 30 minutes.

    A due time never changes: the promise that ran ends, and a nearer one is made after it.
    """
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(danger=True)
        case.danger = True
        note_answer(case=case, what="answer danger", door=door, at=at)
        due = at + owed.DANGER_CONTACT
        earlier = queries.open_promise(case, owed.CONTACT)
        if earlier is None or earlier.due_at > due:
            _contact_due(case, earlier, due, "danger", at, urgent=True)
        events.publish(DangerTold(case=case.pk, door=door, at=at))
    return case


def wish_contact(*, case: Case, wish: ContactWish, door: str, at: datetime) -> Case:
    """How and when to reach the reporter; contact owed at an hour that is not safe moves behind it."""
    with transaction.atomic():
        reports.add_contact(report=case.report, wish=wish, by="reporter", at=at)
        note_answer(case=case, what="answer hours", door=door, at=at)
        promise = queries.open_promise(case, owed.CONTACT)
        if promise is not None and not case.danger:
            hours = (wish.safe_from, wish.safe_to)
            due = clocks.contact_due(promise.made_at, promise.due_at - promise.made_at, *hours)
            if due > promise.due_at:
                _contact_due(case, promise, due, "safe hours", at, urgent=promise.urgent)
    return case


def _contact_due(
    case: Case, earlier: Promise | None, due: datetime, why: str, at: datetime, *, urgent: bool
) -> None:
    if case.unit_id is None:
        return  # held: nobody may have it yet
    if earlier is not None:
        promises.end(promise=earlier, state=State.ENDED, by="reporter", at=at, reason=why)
    promises.make(
        promises.Owed(
            room=ROOM, subject=case.reference, kind=owed.CONTACT,
            owner=Owner(unit=case.unit_id, officer=case.officer_id),
            made_at=at, due_at=due, urgent=urgent,
        ),
        by="reporter", why=why, after=earlier,
    )  # fmt: skip
