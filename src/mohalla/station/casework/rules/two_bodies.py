"""Which acts on a case no single person may do (PROTECTION, P07; docs/adr/0017)."""

from __future__ import annotations

REROUTE, RECLASSIFY, DESTROY, UNMASK = "reroute", "reclassify", "destroy", "unmask"
GRAVEST = "C3"
LEVELS = ("none", "service", "grave")  # how many may never receive it, the fewest first


class TwoBodiesNeeded(Exception):
    """`act`: what must be asked for instead. Nothing changed."""

    def __init__(self, act: str) -> None:
        super().__init__(act)
        self.act = act


def moving_needs_two(sensitivity: str) -> bool:
    """To another desk: by one person only where that cannot bury a complaint about the powerful."""
    return sensitivity == GRAVEST


def lowers(
    *,
    classified: bool,
    was: tuple[str, str, int | None],
    to: tuple[str, str, int],
) -> bool:
    """Whether a new category takes protection away. (class, exclusion level, unit id) before, after.

    The first category of a matter lowers nothing: until then it is only held as if it were C3. A
    lower class, fewer people excluded, or another desk for a C3 matter does.
    """
    if not classified:
        return False
    down = to[0] < was[0] or LEVELS.index(to[1]) < LEVELS.index(was[1])
    return down or (was[0] == GRAVEST and to[2] != was[2])
