"""The stages of a case as a table: which move is allowed, and which goes backwards."""

from __future__ import annotations

from collections.abc import Collection

SERVICE = ("received", "contacted", "action", "outcome_proposed", "closed")
CRIME = (
    "received", "contacted", "fir_recorded", "investigation", "challan", "untraced", "cancelled",
    "outcome_proposed", "closed",
)  # fmt: skip
CYBER = (
    "received", "contacted", "verification", "enquiry", "fir_recorded", "investigation", "challan",
    "untraced", "cancelled", "outcome_proposed", "closed",
)  # fmt: skip
DIARY = ("received", "contacted", "diary", "action", "outcome_proposed", "closed")
TRACKS = {"service": SERVICE, "cognizable": CRIME, "cyber": CYBER, "non_cognizable": DIARY}

# The desk moves these by hand; the others follow from an act (contact, FIR, proposal, verdict).
BY_HAND = frozenset(
    {"action", "verification", "enquiry", "investigation", "challan", "untraced", "cancelled"}
)


# An investigation ends in one of these; the others then never come.
ENDS = ("challan", "untraced", "cancelled")
DONE, NOW, NEXT = "done", "now", "next"


class NoSuchStage(Exception):
    """The stage does not belong to this kind of matter."""


class ReasonMissing(Exception):
    """A step backwards needs its reason in writing."""


def track(matter: str | None) -> tuple[str, ...]:
    """The stages of a kind of matter; the service track where it is not classified yet."""
    return TRACKS.get(matter or "service", SERVICE)


def check(matter: str | None, *, now: str, to: str, why: str) -> None:
    """Raise where `to` is not on the track, or lies behind `now` without a reason."""
    stages = track(matter)
    if to not in stages:
        raise NoSuchStage(to)
    backwards = now in stages and stages.index(to) < stages.index(now)
    if backwards and not why.strip():
        raise ReasonMissing(to)


def shown_move(before: str, to: str) -> str:
    """What a move is called in the history: back from an answer or an end, it is a reopening."""
    back = before in {"outcome_proposed", "closed"} and to not in {"outcome_proposed", "closed"}
    return "reopened" if back else to


def line(
    matter: str | None, *, now: str, been: Collection[str]
) -> list[tuple[tuple[str, ...], str]]:
    """The way of a case as it is shown: (codes, done | now | next), in order.

    Done is only where the case has been: what was left out is left out here too. Ends that exclude
    each other stand in one place until one of them came.
    """
    stages = track(matter)
    at = stages.index(now) if now in stages else -1
    shown: list[tuple[tuple[str, ...], str]] = []
    for place, code in enumerate(stages):
        if place == at:
            shown.append(((code,), NOW))
        elif place < at:
            if code in been:
                shown.append(((code,), DONE))
        elif code not in ENDS:
            shown.append(((code,), NEXT))
        elif now not in ENDS and (ENDS, NEXT) not in shown:
            shown.append((ENDS, NEXT))
    return shown
