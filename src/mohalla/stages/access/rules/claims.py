"""A lost receipt: how long it waits, who decides, what the one who asked may read.

What is read before the answer is due must not tell whether such a report exists: a request that
meant none, and one that was refused, look like one that still waits. See docs/adr/0011.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.foundation.units.rules.owner import Owner, owner_at
from mohalla.station.casework.rules.calling_back import caller_back

WAIT = timedelta(hours=72)
ANSWER = timedelta(hours=24)  # after the wait
MOST_OPEN = 5  # of one report: who knows a reference cannot bury the desk


def standing(
    *, matched: bool, decision: str, stands: bool, opens_at: datetime, at: datetime
) -> str:
    """waiting | deciding | granted | not_given | late.

    `stands`: the receipt that a grant made is still the one in force.
    """
    if at < opens_at:
        return "waiting"
    if decision == "granted":
        return "granted" if stands else "not_given"
    if at < opens_at + ANSWER:
        return "deciding"
    return "late" if matched and not decision else "not_given"


def decider(
    directory: Directory,
    *,
    desk: int | None,
    officer: int | None,
    filed_by: int | None,
    excluded: Exclusion,
    at: datetime,
) -> Owner | None:
    """Who decides: as for an independent call-back; at the outside body somebody else there.

    `desk` and `officer` have the case, `filed_by` wrote it down. None: nobody independent is left.
    """
    own = {key: "has the case or wrote it down" for key in (officer, filed_by) if key}
    barred = Exclusion(units=excluded.units, officers=excluded.officers | own)
    if desk and directory.units[desk].outside_force:
        # no police desk for a matter that the outside body has (docs/adr/0010): somebody else
        # there, and where nobody else works there it stands open without a name
        return owner_at(directory, unit=desk, at=at, excluded=barred)
    return caller_back(directory, desk=desk or 0, filed_by=officer or 0, excluded=barred, at=at)


def why_not(
    directory: Directory,
    *,
    officer: int,
    desks: frozenset[int],
    has_case: tuple[int | None, int | None],
    filed_by: int | None,
) -> str:
    """Why this officer may not decide: own | same_desk; empty where nothing stands against it.

    `desks` are the officer's; `has_case` is the desk and the officer of the case.
    """
    desk, owner = has_case
    if officer in {owner, filed_by}:
        return "own"
    if desk in desks and desk is not None and not directory.units[desk].outside_force:
        return "same_desk"
    return ""
