"""Who may hold a desk's key, who keeps its shares, and when it must be made anew. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from mohalla.foundation.units.rules.directory import Directory

SHARES, NEEDED = 3, 2  # of so many shares so many bring a key back
DRILL_EVERY = timedelta(days=180)
LEFT, REVOKED, SHORT = "left", "revoked", "short"


def members(directory: Directory, unit: int, at: datetime) -> set[int]:
    """Officers posted to the desk and at work: who is away gets the key when back."""
    posted = {row.officer for row in directory.postings_at(unit, at)}
    return {officer for officer in posted if not directory.away(officer, at)}


def keepers(
    directory: Directory, unit: int, keyed: Collection[int], at: datetime, *, wanted: int = SHARES
) -> list[int]:
    """Officers who keep a share of the desk's key, the most distant first; empty: not enough.

    `keyed` have a key of their own. One at least is outside the force, the others at desks of their
    own, outside the desk's chain of command where there are such. The key of a body outside the
    force is shared among bodies outside alone: the force must not be able to open it.
    """
    own = directory.units[unit]
    here = {row.officer for row in directory.postings_at(unit, at)}
    near = {unit, *directory.above(unit), *directory.below(unit)}
    by_unit: list[tuple[bool, bool, int, int]] = []
    for other in directory.units.values():
        if other.id == unit or (own.outside_force and not other.outside_force):
            continue
        free = sorted((members(directory, other.id, at) & set(keyed)) - here)
        heads = [officer for officer in directory.heads(other.id, at) if officer in free]
        if free:
            first = (heads or free)[0]
            by_unit.append((not other.outside_force, other.id in near, other.id, first))
    chosen = list(dict.fromkeys(officer for *_order, officer in sorted(by_unit)))[:wanted]
    outside = any(not inside for inside, *_rest in by_unit)
    return chosen if outside and len(chosen) >= NEEDED else []


def may_make(*, in_force: bool, held: bool) -> bool:
    """A first key, or another beginning where the last one was revoked and nobody holds it."""
    return not in_force and not held


def reasons(*, left: bool, revoked: bool, shares: int, needed: int) -> list[str]:
    """Why the newest version must give way to another one; empty: it need not.

    `left`: somebody held it who may not any more. `shares` can still be opened, of which `needed`
    are; a key that never had any is not counted as short.
    """
    found = [LEFT] if left else []
    found += [REVOKED] if revoked else []
    return found + ([SHORT] if shares < needed else [])
