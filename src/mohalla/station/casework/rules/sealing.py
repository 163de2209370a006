"""To whose keys a report may be sealed on its sender's device: a pure answer from its route."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from mohalla.foundation.units.rules.directory import Directory, UnitFact
from mohalla.foundation.units.rules.owner import ladder
from mohalla.foundation.units.rules.recipients import INDEPENDENT, TRIAGE
from mohalla.station.casework.rules.routing import Route


@dataclass(frozen=True, kw_only=True)
class SealTo:
    """`desks`: the owner first, then those to which it climbs when it is late.

    `inner` and `outer` open name and number of a C3 reporter together; None: no two bodies can, so
    neither is taken.
    """

    desks: tuple[int, ...]
    inner: int | None = None
    outer: int | None = None


def seal_to(
    directory: Directory, route: Route, *, keyed: Collection[int], about_police: bool
) -> SealTo | None:
    """Desks of `keyed` (units that have a key) that may open it; None where its owner has no key.

    Nobody whom routing excludes. A matter about police in which no unit is named can be about any
    of them: it is sealed to bodies outside the force only.
    """
    owner = route.owner.unit
    outside_only = about_police and not route.named_units
    if owner not in keyed or (outside_only and not directory.units[owner].outside_force):
        return None
    desks = tuple(
        unit
        for unit in (owner, *ladder(directory, unit=owner, excluded=route.exclusion))
        if unit in keyed and (directory.units[unit].outside_force or not outside_only)
    )
    if route.sensitivity != "C3":
        return SealTo(desks=desks)
    other = _other_body(directory, route, keyed)
    return SealTo(desks=desks, inner=owner if other else None, outer=other)


def _other_body(directory: Directory, route: Route, keyed: Collection[int]) -> int | None:
    """A desk of another body: outside the force where the owner is inside, and the other way round.

    The triage desk, which is in no station's chain, comes first among those inside.
    """
    owner = directory.units[route.owner.unit]
    found = [
        unit
        for unit in directory.units.values()
        if unit.id in keyed
        and route.exclusion.allows_unit(unit.id)
        and unit.outside_force != owner.outside_force
        and (unit.outside_force or unit.district == owner.district)
    ]
    return min(found, key=_preferred).id if found else None


def _preferred(unit: UnitFact) -> tuple[bool, int]:
    return (unit.kind not in {TRIAGE, INDEPENDENT}, unit.id)
