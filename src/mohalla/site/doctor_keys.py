"""What is missing or due with the keys of desks."""

from __future__ import annotations

from mohalla.foundation import clock
from mohalla.foundation.keys import queries as keys

NEW_KEY = "one of its holders makes it at /desk/keys/, see `mohalla keys rotate-due`"
DRILL = "an officer of the desk asks for a drill at /desk/keys/"
NO_SHARES = (
    "when its last holder leaves, what is sealed there is lost: officers of other desks, one outside"
    " the force, need keys, then a new version; a body outside shares with other such bodies only"
)
REPLACED = "what is sealed now goes to whoever wrote it: `mohalla keys revoke`, then `log check`"
Told = tuple[str, str, bool]  # what, mend, whether it stops production


def examine() -> list[Told]:
    """Those that were put in by hand, that are due, that nobody could recover or that were not tried."""
    rows: list[Told] = [
        (f"the key of {key.unit.code} is not the one that was made there", REPLACED, True)
        for key in keys.replaced()
    ]
    for row in keys.due(keys.newest()):
        whose = f"the key of {row.key.unit.code}"
        if row.reasons:
            rows.append((f"{whose} must be made anew: {', '.join(row.reasons)}", NEW_KEY, False))
        if not row.key.needed:
            rows.append((f"no shares are kept of {whose}", NO_SHARES, False))
    return rows + [
        (f"the recovery of {row.key.unit.code}'s key: 180 days untried", DRILL, False)
        for row in keys.drills(at=clock.now())
    ]
