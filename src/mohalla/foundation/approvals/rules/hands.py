"""Who may ask, who may agree, and when two bodies have agreed. Tested against
`tests/golden/approvals.csv`.

Every answer is a reason for a refusal, or empty where nothing stands against it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from mohalla.foundation.approvals.rules.bodies import body
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import Exclusion

LIFE = timedelta(hours=72)  # a request that nobody answered in that time is over
PEOPLE = 2

WAITING, REFUSED, EXPIRED, DONE = "waiting", "refused", "expired", "done"


@dataclass(frozen=True, kw_only=True)
class Hand:
    """One person and the unit for which that person acts."""

    officer: int
    unit: int


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as the rules see it. `hands`: the asker, and each who said yes already.

    `outside`: one of the bodies must be outside the force (C3, and settings). `of_unit`: the desk
    that was asked; None: the heads of all bodies, and whoever works outside the force.
    """

    hands: tuple[Hand, ...]
    outside: bool
    of_unit: int | None
    state: str


def state(*, done: bool, refused: bool, expires_at: datetime, at: datetime) -> str:
    """What has become of it."""
    if done:
        return DONE
    if refused:
        return REFUSED
    return EXPIRED if at >= expires_at else WAITING


def asking(directory: Directory, excluded: Exclusion, hand: Hand, at: datetime) -> str:
    """posted | barred, or empty: may ask."""
    if not _posted(directory, hand, at):
        return "posted"
    return "" if _allowed(excluded, hand) else "barred"


def agreeing(
    directory: Directory,
    excluded: Exclusion,
    asked: Asked,
    hand: Hand,
    at: datetime,
    *,
    bodies: int,
) -> str:
    """What stands against this person's yes at this moment, the most plain reason first.

    done | refused | expired, posted, desk, head, barred, same_person, related, same_body, inside
    (nobody of them is outside the force), behind (who asked or agreed before has no right any more).
    """
    if asked.state != WAITING:
        return asked.state
    reason = asking(directory, excluded, hand, at)
    if reason == "posted":
        return reason
    reason = _right(directory, asked, hand, at) or reason
    if reason:
        return reason
    earlier = {one.officer for one in asked.hands}
    if hand.officer in earlier:
        return "same_person"
    if hand.officer in directory.relatives_of(earlier):
        return "related"
    if bodies > 1 and body(directory, hand.unit).top in _tops(directory, asked.hands):
        return "same_body"
    together = (*asked.hands, hand)
    complete = enough(directory, together, bodies=bodies)
    if complete and asked.outside and not any(body(directory, h.unit).outside for h in together):
        return "inside"
    gone = any(asking(directory, excluded, one, at) for one in asked.hands)
    return "behind" if gone else ""


def enough(directory: Directory, hands: Iterable[Hand], *, bodies: int) -> bool:
    """Two people, of so many bodies."""
    known = tuple(hands)
    people = {hand.officer for hand in known}
    return len(people) >= PEOPLE and len(_tops(directory, known)) >= bodies


def _posted(directory: Directory, hand: Hand, at: datetime) -> bool:
    """Works there now: neither transferred, nor on leave, nor suspended."""
    there = any(row.unit == hand.unit for row in directory.postings_of(hand.officer, at))
    return there and not directory.away(hand.officer, at)


def _allowed(excluded: Exclusion, hand: Hand) -> bool:
    return excluded.allows_unit(hand.unit) and excluded.allows_officer(hand.officer)


def _right(directory: Directory, asked: Asked, hand: Hand, at: datetime) -> str:
    """The desk that was asked; in the force only its head, who can be held to it."""
    own = body(directory, hand.unit)
    if asked.of_unit is not None and hand.unit != asked.of_unit:
        return "desk"
    if asked.of_unit is None and not own.outside and hand.unit != own.top:
        return "desk"
    if not own.outside and hand.officer not in directory.heads(hand.unit, at):
        return "head"
    return ""


def _tops(directory: Directory, hands: Iterable[Hand]) -> set[int]:
    return {body(directory, hand.unit).top for hand in hands}
