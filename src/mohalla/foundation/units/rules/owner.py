"""Who owes the answer, and who is next when it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mohalla.foundation.units.rules.directory import Directory, PostingFact
from mohalla.foundation.units.rules.exclusion import Exclusion

PKT = ZoneInfo("Asia/Karachi")
NOBODY = Exclusion()


@dataclass(frozen=True, kw_only=True)
class Owner:
    """A desk and the person who answers there; `officer` is None where nobody is left."""

    unit: int
    officer: int | None


def owner_at(
    directory: Directory,
    *,
    unit: int,
    at: datetime,
    beat: int | None = None,
    excluded: Exclusion = NOBODY,
) -> Owner:
    """The person on duty for desk and beat by posting and roster; nobody: the head of the unit.

    On duty for the beat comes before on duty for the desk; among equals the longest posted.
    """
    present = [
        posting
        for posting in directory.postings_at(unit, at)
        if excluded.allows_officer(posting.officer) and not directory.away(posting.officer, at)
    ]
    local = at.astimezone(PKT)
    duty = [row for row in present if any(hours.cover(local) for hours in row.hours)]
    heads = [row for row in present if row.role == "head"]
    for group in ([row for row in duty if beat and row.beat == beat], _desk(duty), heads, present):
        if group:
            chosen = min(group, key=lambda row: (row.starts_at, row.officer))
            return Owner(unit=unit, officer=chosen.officer)
    return Owner(unit=unit, officer=None)


def _desk(duty: list[PostingFact]) -> list[PostingFact]:
    """Those on duty for the whole desk come before those on duty for another beat."""
    return [row for row in duty if row.beat is None] or duty


def next_owner(
    directory: Directory,
    *,
    unit: int,
    at: datetime,
    excluded: Exclusion = NOBODY,
    climbed: frozenset[int] = frozenset(),
) -> Owner | None:
    """The head of the next level outside the excluded set; None at the top.

    `climbed` holds the units that had it already: nothing escalates to the same desk twice.
    """
    walked = {unit}
    upper = _step(directory, unit)
    while upper is not None and upper not in walked:
        walked.add(upper)
        if upper not in climbed and excluded.allows_unit(upper):
            found = _head(directory, upper, at, excluded)
            if found is not None:
                return Owner(unit=upper, officer=found)
        upper = _step(directory, upper)
    return None


def ladder(directory: Directory, *, unit: int, excluded: Exclusion = NOBODY) -> tuple[int, ...]:
    """Every desk outside the excluded set to which a late promise of `unit` can climb, in order."""
    found: list[int] = []
    upper = _step(directory, unit)
    while upper is not None and upper != unit and upper not in found:
        found.append(upper)
        upper = _step(directory, upper)
    return tuple(each for each in found if excluded.allows_unit(each))


def _step(directory: Directory, unit: int) -> int | None:
    fact = directory.units[unit]
    return fact.escalates_to if fact.escalates_to is not None else fact.reports_to


def _head(directory: Directory, unit: int, at: datetime, excluded: Exclusion) -> int | None:
    heads = [
        officer
        for officer in directory.heads(unit, at)
        if excluded.allows_officer(officer) and not directory.away(officer, at)
    ]
    if heads:
        return min(heads)
    return owner_at(directory, unit=unit, at=at, excluded=excluded).officer
