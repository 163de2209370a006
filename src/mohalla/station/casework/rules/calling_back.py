"""Who calls back when staff wrote a report down for somebody: never those who wrote or own it."""

from __future__ import annotations

from datetime import datetime, timedelta

from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.foundation.units.rules.owner import Owner, next_owner, owner_at
from mohalla.foundation.units.rules.recipients import INDEPENDENT, TRIAGE

CALL_BACK = "call_back"
RECEIPT = "receipt"  # a decision about a new receipt, owed by an independent desk
OUTLIVE_THE_CASE = frozenset({CALL_BACK, RECEIPT})  # owed whether the case is open or closed
SPAN = timedelta(hours=72)
PRIVATE = timedelta(hours=24)  # asked for by the reporter


def caller_back(
    directory: Directory, *, desk: int, filed_by: int, excluded: Exclusion, at: datetime
) -> Owner | None:
    """The next level over the desk that owns it, outside the units of the officer who wrote it.

    Nobody there: triage, then a body outside the force. None: nobody independent is left.
    `desk` is 0 where the case is held.
    """
    own = frozenset(row.unit for row in directory.postings_of(filed_by, at))
    barred = Exclusion(
        units=excluded.units, officers=excluded.officers | {filed_by: "wrote it down"}
    )
    near = own | {desk}
    if desk:
        found = next_owner(directory, unit=desk, at=at, excluded=barred, climbed=near)
        if found is not None:
            return found
    for kind in (TRIAGE, INDEPENDENT):
        for unit in directory.units.values():
            if unit.kind == kind and unit.id not in near and barred.allows_unit(unit.id):
                owner = owner_at(directory, unit=unit.id, at=at, excluded=barred)
                if owner.officer is not None:
                    return owner
    return None
