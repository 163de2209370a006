"""Who may never receive a matter: the pure answer, with its reasons.

LOOP, "Who may never receive it". Three levels, chosen by the catalogue:

* `grave`: the named officer, the named unit, everybody who commands or commanded it at the time
  of the matter or now, their declared relatives, and every desk that reports to one of them;
* `service`: the named unit with all who work there, and nothing below an SDPO's office;
* `none`: only persons named in the matter and their declared relatives.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from mohalla.foundation.units.rules.directory import FORCE_OFFICES, Directory

GRAVE, SERVICE, NONE = "grave", "service", "none"


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """Excluded units and officers (ids), each with the reason that put it there first."""

    units: dict[int, str] = field(default_factory=dict)
    officers: dict[int, str] = field(default_factory=dict)

    def allows_unit(self, unit: int) -> bool:
        return unit not in self.units

    def allows_officer(self, officer: int) -> bool:
        return officer not in self.officers


def exclude(
    directory: Directory,
    *,
    level: str,
    named_units: frozenset[int] = frozenset(),
    named_officers: frozenset[int] = frozenset(),
    matter_at: datetime,
    now: datetime,
) -> Exclusion:
    """The excluded set. `matter_at` is when it happened (or the report's time if unknown)."""
    units: dict[int, str] = {}
    officers = dict.fromkeys(sorted(named_officers), "named")
    if level == NONE:
        _relatives(directory, officers)
        return Exclusion(units=units, officers=officers)
    units.update(dict.fromkeys(sorted(named_units), "named"))
    if level == GRAVE:
        for officer in sorted(named_officers):
            for moment in (matter_at, now):
                for posting in directory.postings_of(officer, moment):
                    units.setdefault(posting.unit, "unit of the named officer")
        _commanders(directory, units, officers, matter_at, now)
        _relatives(directory, officers)
        _under(directory, units, officers, matter_at, now)
    elif level == SERVICE:
        for unit in list(units):
            for moment in (matter_at, now):
                for posting in directory.postings_at(unit, moment):
                    officers.setdefault(posting.officer, "works at the named unit")
        _relatives(directory, officers)
        for fact in directory.units.values():
            if not fact.outside_force and fact.kind not in (*FORCE_OFFICES, "triage_desk"):
                units.setdefault(fact.id, "below an SDPO's office")
    else:
        raise ValueError(f"exclusion level {level!r} is not one of grave, service, none")
    return Exclusion(units=units, officers=officers)


def _commanders(
    directory: Directory,
    units: dict[int, str],
    officers: dict[int, str],
    matter_at: datetime,
    now: datetime,
) -> None:
    for named in list(units):
        for moment in (matter_at, now):
            for posting in directory.postings_at(named, moment):
                officers.setdefault(posting.officer, "works at the named unit")
        for unit in (named, *directory.above(named)):
            for moment in (matter_at, now):
                for head in directory.heads(unit, moment):
                    officers.setdefault(head, "commands or commanded the named unit")
            units.setdefault(unit, "commands the named unit")


def _relatives(directory: Directory, officers: dict[int, str]) -> None:
    for relative in sorted(directory.relatives_of(set(officers))):
        officers.setdefault(relative, "declared relative")


def _under(
    directory: Directory,
    units: dict[int, str],
    officers: dict[int, str],
    matter_at: datetime,
    now: datetime,
) -> None:
    """Desks that an excluded officer heads, and all that report to an excluded desk."""
    for unit in directory.units.values():
        if set(directory.heads(unit.id, now)) & set(officers):
            units.setdefault(unit.id, "headed by an excluded officer")
    for excluded in list(units):
        for lower in sorted(directory.below(excluded)):
            units.setdefault(lower, "reports to an excluded desk")
