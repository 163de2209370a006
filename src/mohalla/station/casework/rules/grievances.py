"""Whether somebody may carry a matter further with a petition, and why."""

from __future__ import annotations

from collections.abc import Collection

REFUSED, NOT_RECORDED, OVER_OBJECTION = "refused", "not_recorded", "over_objection"
SETTLED = frozenset({"confirmed", "withdrawn", "merged"})  # by the person's own word
FIR_OWED = frozenset({"cognizable", "cyber"})


def grievance(
    *, matter: str | None, records: Collection[str], broken: Collection[str], closing: str
) -> str:
    """The code of the grievance in the catalogue, or empty.

    `records`: kinds of what the desk wrote; `broken`: kinds of promises that were not kept. An FIR
    ends the grievance that there is none; a refusal in writing is nearer than a time that passed.
    """
    if closing == OVER_OBJECTION:
        return OVER_OBJECTION
    if closing in SETTLED or "fir" in records:
        return ""
    if "refusal" in records:
        return REFUSED
    late = {"record", "non_registration"} & set(broken)
    return NOT_RECORDED if late and matter in FIR_OWED else ""
