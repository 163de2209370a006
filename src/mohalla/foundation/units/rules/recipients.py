"""Which desk gets a matter: the category's desks in order, at the place, outside the excluded."""

from __future__ import annotations

from mohalla.foundation.units.rules.directory import Directory, UnitFact
from mohalla.foundation.units.rules.exclusion import Exclusion

TRIAGE, INDEPENDENT = "triage_desk", "independent"


def recipient(
    directory: Directory,
    *,
    desks: tuple[str, ...],
    station: int | None,
    district: int | None,
    excluded: Exclusion,
) -> UnitFact | None:
    """The first desk in the category's order that exists there and is not excluded.

    A place that is not known yet goes to triage. What no desk of the category may have goes to a
    body outside the force, then to triage; None means that nobody at all may have it: it is held.
    """
    wanted = list(desks)
    if station is None and "station" in wanted:
        wanted.insert(wanted.index("station"), TRIAGE)
    for kind in (*wanted, INDEPENDENT, TRIAGE):
        for unit in _units(directory, kind, station, district):
            if excluded.allows_unit(unit.id):
                return unit
    return None


def _units(
    directory: Directory, kind: str, station: int | None, district: int | None
) -> list[UnitFact]:
    if kind == "station":
        return [directory.units[station]] if station is not None else []
    chain = list(directory.above(station)) if station is not None else []
    found = [unit for unit in directory.units.values() if unit.kind == kind]
    near = [unit for unit in found if district is None or unit.district == district]
    if kind == INDEPENDENT:
        near = near or found
    if kind in {"sdpo"} and station is not None:
        near = [unit for unit in near if unit.id in chain] or near
    return sorted(near, key=lambda unit: (unit.id not in chain, unit.id))
