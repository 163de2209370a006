"""Search for a missing child: begun with the report, climbing until it is answered, ended when found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from mohalla.foundation import catalogue
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import queries as cases
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.response.actions.raise_alarm import raise_alarm
from mohalla.station.response.actions.ring import clock, ring_above
from mohalla.station.response.models import Alarm, ChildSearch
from mohalla.station.response.rules.child import step_at, steps_due

SPOKEN = (State.KEPT, State.CLAIMED, State.TRIED)
BATCH = 200


def search_child(*, case: Case, door: str, at: datetime) -> ChildSearch:
    """Begin it, counted from the report; the desk's alarm rings. A second time changes nothing."""
    with transaction.atomic():
        row, made = ChildSearch.objects.get_or_create(
            case=case,
            defaults={
                "since_at": case.opened_at, "next_at": step_at(case.opened_at, steps(), 0)
            },
        )  # fmt: skip
        if made:
            raise_alarm(case=case, door=door, at=at)
            ledger.record(
                what="child search", room=ROOM, subject=case.reference, by="system", at=at
            )
    return row


def climb_children(*, at: datetime) -> int:
    """The next desks up, where nobody has spoken with the family or no FIR stands; how many."""
    due = ChildSearch.objects.filter(next_at__lte=at).order_by("next_at")
    return sum(_climb(key, at) for key in list(due.values_list("pk", flat=True)[:BATCH]))


def _climb(key: UUID, at: datetime) -> int:
    with transaction.atomic():
        rows = ChildSearch.objects.select_for_update(of=("self",)).select_related("case")
        row = rows.filter(pk=key, next_at__lte=at).first()
        if row is None:
            return 0
        if row.found_at is not None or is_answered(row.case):
            row.answered_at, row.next_at = row.answered_at or at, None
            row.save(update_fields=["answered_at", "next_at"])
            return 0
        taken = steps_due(row.since_at, steps(), row.climbed, at)
        for _step in range(taken):
            _tell_next(row, at)
        row.next_at = step_at(row.since_at, steps(), row.climbed)
        row.save(update_fields=["climbed", "next_at"])
    return taken


def _tell_next(row: ChildSearch, at: datetime) -> None:
    alarm = Alarm.objects.filter(case=row.case).open().select_related("case").first()
    if alarm is None:  # somebody ended it, and the child is not found
        alarm = raise_alarm(case=row.case, door="timer", at=at)
    unit = ring_above(alarm=alarm, why="child", at=at)
    alarm.loud_since = alarm.loud_since or at
    clock(alarm)
    alarm.save()
    minutes = int(steps()[row.climbed].total_seconds() // 60)
    row.climbed += 1
    ledger.record(
        what="child climbed", room=ROOM, subject=row.case.reference, by="system", at=at,
        minutes=minutes, unit=unit or 0,
    )  # fmt: skip


def is_answered(case: Case) -> bool:
    """The family was reached, and the FIR stands."""
    contact = cases.latest_promise(case, "contact")
    spoken = contact is not None and contact.state in SPOKEN
    return spoken and cases.fir_of(case) is not None


def stand_by_family(*, case: Case, viewer: Viewer, at: datetime) -> ChildSearch:
    """This officer, and nobody else, speaks with the family from now on; they are told who."""
    with transaction.atomic():
        row = ChildSearch.objects.select_for_update().get(case=case)
        row.liaison_id = viewer.officer
        row.save(update_fields=["liaison"])
        ledger.record(what="child liaison", room=ROOM, subject=case.reference, by=viewer.by, at=at)
    return row


def find_child(*, case: Case, viewer: Viewer, at: datetime) -> ChildSearch:
    """The child is found: nothing climbs or is shown any more."""
    with transaction.atomic():
        row = ChildSearch.objects.select_for_update().get(case=case)
        if row.found_at is None:
            row.found_at, row.next_at = at, None
            row.save(update_fields=["found_at", "next_at"])
            ledger.record(
                what="child found", room=ROOM, subject=case.reference, by=viewer.by, at=at
            )
    return row


def steps() -> Sequence[timedelta]:
    """As the catalogue in use says."""
    return [timedelta(minutes=minutes) for minutes in catalogue.get().child_steps]
