"""Address a case to a desk: recipients, the lead, and every open promise with it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from mohalla.foundation import events, seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.owner import Owner, owner_at
from mohalla.station.casework import queries
from mohalla.station.casework.events import NewOwner
from mohalla.station.casework.models import Case, Note, Recipient
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.calling_back import CALL_BACK, RECEIPT
from mohalla.station.casework.rules.two_bodies import (
    REROUTE,
    TwoBodiesNeeded,
    moving_needs_two,
)

LEAST_TIME = timedelta(hours=2)
# Owed by somebody other than the lead, and they stay there whoever leads.
OWED_BY_OTHERS = frozenset(
    {"decision", "follow_up", "non_registration", "withdrawal_call", CALL_BACK, RECEIPT}
)


class RerouteRefused(Exception):
    """`reason`: words, excluded, back, nobody, same. Nothing changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def address(
    *, case: Case, owner: Owner, why: str, by: str, at: datetime, lead: bool = True
) -> Case:
    """Open the case to the desk; as `lead` it becomes the owner of what is open."""
    with transaction.atomic():
        Recipient.objects.get_or_create(
            case=case, unit_id=owner.unit, until_at=None, defaults={"since_at": at, "why": why}
        )
        if lead:
            Case.objects.filter(pk=case.pk).update(unit_id=owner.unit, officer_id=owner.officer)
            case.unit_id, case.officer_id = owner.unit, owner.officer
            for promise in queries.open_promises(case):
                if promise.kind not in OWED_BY_OTHERS:
                    promises.change_owner(promise=promise, to=owner, why=why, by=by, at=at)
            events.publish(NewOwner(case=case.pk, at=at, why=why))
    return case


def reroute(
    *,
    case: Case,
    to_unit: int,
    officer: int,
    is_head: bool,
    reason: str,
    at: datetime,
    approval: str = "",
) -> Case:
    """No wrong door: reference, receipt and due times stay; the new owner gets at least 2 h.

    A C3 matter moves only with the `approval` of two bodies; else raises `TwoBodiesNeeded`.
    """
    if not reason.strip():
        raise RerouteRefused("words")
    owner = reroute_checked(case=case, to_unit=to_unit, is_head=is_head, at=at)
    if moving_needs_two(case.sensitivity) and not approval:
        raise TwoBodiesNeeded(REROUTE)
    by, facts = f"officer:{officer}", {"approval": approval} if approval else {}
    with transaction.atomic():
        ledger.record(
            what="re-routed", room=ROOM, subject=case.reference, by=by, at=at, to=to_unit, **facts
        )
        _handover_note(case, reason, officer, at)
        case.recipients.filter(unit=case.unit, until_at=None).update(until_at=at)
        address(case=case, owner=owner, why="re-routed", by=by, at=at)
        for promise in queries.open_promises(case):
            if promise.kind not in OWED_BY_OTHERS:
                _least_time(promise, owner, by, at)
    return case


def reroute_checked(*, case: Case, to_unit: int, is_head: bool, at: datetime) -> Owner:
    """Who would have it there; raises `RerouteRefused` where it cannot go."""
    if to_unit == case.unit_id:
        raise RerouteRefused("same")
    excluded = units.barred(room=ROOM, subject=case.reference)
    if not excluded.allows_unit(to_unit):
        raise RerouteRefused("excluded")
    if case.unit_id is None:
        raise RerouteRefused("nobody")
    back = case.recipients.filter(unit_id=to_unit, until_at__isnull=False).exists()
    if back and not is_head:
        raise RerouteRefused("back")
    owner = owner_at(units.directory(), unit=to_unit, at=at, excluded=excluded)
    if owner.officer is None:
        raise RerouteRefused("nobody")
    return owner


def hand_over(
    *, case: Case, to_officer: int, officer: int, note: str, by: str, at: datetime
) -> Case:
    """To a colleague of the same desk, or to oneself ("take"), with a note in the file."""
    if case.unit_id is None or queries.is_barred(case, to_officer):
        raise RerouteRefused("excluded")
    with transaction.atomic():
        if note.strip():
            _handover_note(case, note, officer, at)
        owner = Owner(unit=case.unit_id, officer=to_officer)
        address(case=case, owner=owner, why="handed over", by=by, at=at)
    return case


def move_on(*, officer: int, at: datetime, why: str, unit: int | None = None) -> int:
    """Posting ended, leave or suspension: every open promise of the officer has a new owner now.

    A file without a hand-over note keeps its absence visible. Returns how many cases moved.
    """
    directory = units.directory()
    owed = Promise.objects.open().filter(officer_id=officer, room=ROOM)
    if unit is not None:
        owed = owed.filter(unit_id=unit)
    moved: set[str] = set()
    with transaction.atomic():
        for promise in owed.select_related("unit"):
            assert promise.unit_id is not None
            case = Case.objects.get(reference=promise.subject)
            beat = directory.beat_of(case.place_id) if case.place_id else None
            owner = owner_at(
                directory,
                unit=promise.unit_id,
                at=at,
                beat=beat.id if beat else None,
                excluded=units.barred(room=ROOM, subject=promise.subject),
            )
            promises.change_owner(promise=promise, to=owner, why=why, by="system", at=at)
            if case.officer_id == officer and case.unit_id == promise.unit_id:
                Case.objects.filter(pk=case.pk).update(officer_id=owner.officer)
                noted = case.notes.filter(kind=Note.Kind.HANDOVER, officer_id=officer).exists()
                if not noted:
                    ledger.record(
                        what="no hand-over note",
                        room=ROOM,
                        subject=case.reference,
                        by=f"officer:{officer}",
                        at=at,
                    )
            moved.add(promise.subject)
        for reference in moved:
            case = Case.objects.get(reference=reference)
            events.publish(NewOwner(case=case.pk, at=at, why=why))
    return len(moved)


def _handover_note(case: Case, text: str, officer: int, at: datetime) -> None:
    """A reason for moving a confidential matter may tell the matter: sealed like any note."""
    sealed = case.sensitivity != "C1"
    Note.objects.create(
        case=case,
        kind=Note.Kind.HANDOVER,
        text=seal.seal(text) if sealed else text,
        sealed=sealed,
        officer_id=officer,
        at=at,
    )


def _least_time(promise: Promise, owner: Owner, by: str, at: datetime) -> None:
    """A due time never changes: where less than two hours are left, a new promise is made."""
    apart = promise.kind == CALL_BACK
    if apart or promise.due_at >= at + LEAST_TIME or promise.rests_since is not None:
        return
    promises.end(promise=promise, state=State.ENDED, by=by, at=at, reason="re-routed")
    promises.make(
        promises.Owed(
            room=ROOM, subject=promise.subject, kind=promise.kind, owner=owner,
            made_at=at, due_at=at + LEAST_TIME, urgent=promise.urgent,
        ),
        by=by, why="re-routed", after=promise,
    )  # fmt: skip
