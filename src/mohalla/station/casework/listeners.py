"""What casework does when promises break and postings end; connected in `site/wiring.py`."""

from __future__ import annotations

from mohalla.foundation.promises.events import Broken
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.units.events import OfficerAway, PostingEnded, PostingStarted
from mohalla.foundation.units.rules.owner import Owner
from mohalla.station.casework.actions.address import address, move_on
from mohalla.station.casework.actions.exclusions import renew_exclusions
from mohalla.station.casework.actions.record import start_non_registration
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM


def promise_broken(event: Broken) -> None:
    """The desk that now owes a decision may open the case; a missing FIR has its own clock."""
    promise = Promise.objects.get(pk=event.promise)
    if promise.room != ROOM:
        return
    case = Case.objects.select_related("report", "unit").get(reference=promise.subject)
    if event.decision is not None:
        decision = Promise.objects.get(pk=event.decision)
        if decision.unit_id is not None:
            owner = Owner(unit=decision.unit_id, officer=decision.officer_id)
            address(case=case, owner=owner, why="late", by="system", at=event.at, lead=False)
    if promise.kind == "record":
        start_non_registration(case=case, by="system", at=event.at)


def posting_ended(event: PostingEnded) -> None:
    """Every open promise has a new owner the moment the posting ends."""
    move_on(officer=event.officer, unit=event.unit, at=event.at, why="transferred")


def officer_away(event: OfficerAway) -> None:
    move_on(officer=event.officer, at=event.at, why="suspended" if event.suspended else "leave")


def posting_started(event: PostingStarted) -> None:
    """Who takes command of a named unit tomorrow still sees nothing of the matter."""
    renew_exclusions(unit=event.unit, at=event.at)
