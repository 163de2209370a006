"""Which body a desk is of.

A body is whoever can give orders to all its people: the top of a chain of command. One force of a
region is one body, however many stations, desks and offices it has: whoever stands at its top can
order any two of them. Two regions, each with a top of its own, are two bodies. A desk of the force
that stands in no chain (triage) is staffed by the force of its district and counts as that. An
independent body counts as outside only where everybody above it is outside too.
"""

from __future__ import annotations

from dataclasses import dataclass

from mohalla.foundation.units.rules.directory import FORCE_OFFICES, Directory, UnitFact


@dataclass(frozen=True)
class Body:
    """`top`: id of the unit at the top."""

    top: int
    outside: bool


def body(directory: Directory, unit: int) -> Body:
    """The body that this desk is of."""
    chain = [directory.units[key] for key in (unit, *directory.above(unit))]
    top = chain[-1]
    outside = all(link.outside_force for link in chain)
    if not outside and not top.outside_force and top.kind not in FORCE_OFFICES:
        return Body(top=_force_of(directory, top), outside=False)
    return Body(top=top.id, outside=outside)


def _force_of(directory: Directory, desk: UnitFact) -> int:
    """The top of the force in the district of a desk without a chain; itself where there is none."""
    offices = [
        unit.id
        for unit in directory.units.values()
        if unit.kind in FORCE_OFFICES and unit.district == desk.district
    ]
    tops = {[office, *directory.above(office)][-1] for office in offices}
    return min(tops, default=desk.id)
