"""Give an unclassified matter its category: the routing is asked again, the clocks ran on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import catalogue, events
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Barred
from mohalla.foundation.units.rules.owner import Owner
from mohalla.foundation.units.rules.recipients import TRIAGE
from mohalla.station.casework import queries
from mohalla.station.casework.actions.address import RerouteRefused, address
from mohalla.station.casework.actions.open_case import barred
from mohalla.station.casework.events import ChildMissing
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules import owed
from mohalla.station.casework.rules.routing import Matter, Route, route
from mohalla.station.casework.rules.two_bodies import RECLASSIFY, TwoBodiesNeeded, lowers


def classify(
    *,
    case: Case,
    category: str,
    by: str,
    at: datetime,
    place: int | None = None,
    named_units: frozenset[int] = frozenset(),
    named_officers: frozenset[int] = frozenset(),
    what: str = "classified",
    approval: str = "",
) -> Case:
    """Set category, place and who is named; address the desk that follows from it.

    `what` is the entry of the history: who classified it, and from what.

    Who was named stays named. What takes protection away needs the `approval` of two bodies, else
    raises `TwoBodiesNeeded`; the reporter's own answers do not.
    """
    chosen = catalogue.get().category(category)
    directory = units.directory()
    place = place or case.place_id
    beat = directory.beat_of(place) if place else None
    routed = route(
        directory,
        Matter(
            category=chosen,
            place=place,
            station=beat.station if beat else None,
            district=directory.units[case.unit_id].district if case.unit_id else None,
            named_units=frozenset(case.named_units) | named_units,
            named_officers=frozenset(case.named_officers) | named_officers,
            matter_at=case.matter_at,
        ),
        at=at,
    )
    if routed.owner.unit == 0 or routed.owner.officer is None:
        raise RerouteRefused("nobody")
    if not units.barred(room=ROOM, subject=case.reference).allows_unit(routed.owner.unit):
        raise RerouteRefused("excluded")
    down = lowers(
        classified=_sorted(case),
        was=(case.sensitivity, case.exclusion_level, case.unit_id),
        to=(routed.sensitivity, routed.level, routed.owner.unit),
    )
    if down and not approval and by != "reporter":
        raise TwoBodiesNeeded(RECLASSIFY)
    facts = {"approval": approval} if approval else {}
    with transaction.atomic():
        _store(case, chosen.code, routed, place, named_officers, at, lower=bool(approval))
        ledger.record(
            what=what,
            room=ROOM,
            subject=case.reference,
            by=by,
            at=at,
            category=chosen.code,
            **routed.inputs(),
            **facts,
        )
        case.recipients.filter(until_at=None).exclude(unit_id=routed.owner.unit).update(until_at=at)
        address(case=case, owner=routed.owner, why="classified", by=by, at=at)
        _owe(case, at)
        if chosen.search:
            events.publish(ChildMissing(case=case.pk, door="desk", at=at))
    return case


def _store(
    case: Case,
    category: str,
    routed: Route,
    place: int | None,
    named_officers: frozenset[int],
    at: datetime,
    *,
    lower: bool,
) -> None:
    floor = _floor(case)
    case.category = category
    case.exclusion_level = routed.level
    case.sensitivity = routed.sensitivity if lower else max(routed.sensitivity, floor)
    case.place_id = place
    case.named_units = sorted(set(case.named_units) | routed.named_units)
    case.named_officers = sorted(set(case.named_officers) | named_officers)
    case.save(
        update_fields=[
            "category", "exclusion_level", "sensitivity", "place", "named_units", "named_officers",
        ]
    )  # fmt: skip
    Barred.objects.bulk_create(
        barred(routed.exclusion, subject=case.reference, at=at), ignore_conflicts=True
    )


def _sorted(case: Case) -> bool:
    """What waits at triage, without a category or with the one for what nobody knows, is not yet."""
    category = queries.category_of(case)
    return category is not None and category.desks[:1] != (TRIAGE,)


def _floor(case: Case) -> str:
    """An unclassified matter was held as C3; its first category says what it is. Else: no lower."""
    return case.sensitivity if case.category else "C1"


def _owe(case: Case, at: datetime) -> None:
    """Promises of the category that the case does not have yet, counted from the report."""
    have = {promise.kind for promise in queries.promises_of(case)}
    category = catalogue.get().category(case.category)
    assert case.unit_id is not None
    for kind, due in owed.opening(category, danger=case.danger, contact=None, at=case.opened_at):
        if kind not in have:
            promises.make(
                promises.Owed(
                    room=ROOM, subject=case.reference, kind=kind,
                    owner=Owner(unit=case.unit_id, officer=case.officer_id),
                    made_at=at, due_at=max(due, at + owed.AT_ONCE),
                ),
                by="system",
            )  # fmt: skip
