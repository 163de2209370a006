"""Ask the exclusion rule again for open matters when people move."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation.promises import actions as promises
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Barred
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import NONE, Exclusion, exclude
from mohalla.foundation.units.rules.owner import Owner, owner_at
from mohalla.foundation.units.rules.recipients import recipient
from mohalla.station.casework import queries
from mohalla.station.casework.actions.address import address
from mohalla.station.casework.actions.open_case import barred
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.routing import UNCLASSIFIED_DESKS

HELD = Owner(unit=0, officer=None)


def renew_exclusions(*, unit: int, at: datetime) -> int:
    """Add who is excluded now; nobody is ever taken off. Returns how many rows were added.

    A matter whose own desk or owner is excluded from now on moves on at once.
    """
    directory = units.directory()
    before = Barred.objects.filter(room=ROOM).count()
    for case in Case.objects.exclude(exclusion_level=NONE).filter(closed_at=None).iterator():
        excluded = exclude(
            directory,
            level=case.exclusion_level,
            named_units=frozenset(case.named_units),
            named_officers=frozenset(case.named_officers),
            matter_at=case.matter_at,
            now=at,
        )
        Barred.objects.bulk_create(
            barred(excluded, subject=case.reference, at=at), ignore_conflicts=True
        )
        _leave_excluded(case, directory, at)
    return Barred.objects.filter(room=ROOM).count() - before


def _leave_excluded(case: Case, directory: Directory, at: datetime) -> None:
    excluded = units.barred(room=ROOM, subject=case.reference)
    case.recipients.filter(until_at=None, unit_id__in=excluded.units).update(until_at=at)
    owner = Owner(unit=case.unit_id or 0, officer=case.officer_id)
    if not _may(owner, excluded):
        owner = _other(case, directory, excluded, at)
        if owner == HELD:
            Case.objects.filter(pk=case.pk).update(unit=None, officer=None)
        else:
            address(case=case, owner=owner, why="excluded", by="system", at=at)
    for promise in queries.open_promises(case):
        if not _may(Owner(unit=promise.unit_id or 0, officer=promise.officer_id), excluded):
            promises.change_owner(promise=promise, to=owner, why="excluded", by="system", at=at)


def _may(owner: Owner, excluded: Exclusion) -> bool:
    return excluded.allows_unit(owner.unit) and excluded.allows_officer(owner.officer or 0)


def _other(case: Case, directory: Directory, excluded: Exclusion, at: datetime) -> Owner:
    """A colleague of the same desk where that may keep it, else the next desk of the category."""
    desk = case.unit_id
    if desk is None or not excluded.allows_unit(desk):
        category = queries.category_of(case)
        beat = directory.beat_of(case.place_id) if case.place_id else None
        found = recipient(
            directory,
            desks=category.desks if category else UNCLASSIFIED_DESKS,
            station=beat.station if beat else None,
            district=directory.units[desk].district if desk else None,
            excluded=excluded,
        )
        if found is None:
            return HELD
        desk = found.id
    return owner_at(directory, unit=desk, at=at, excluded=excluded)
