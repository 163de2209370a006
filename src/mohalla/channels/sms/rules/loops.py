"""When we keep silent: senders that no person reads, machines that answer each other, money.

Not a limit on what people may tell us: everything that arrives is kept and handled. It limits only
what we send by ourselves, so that two auto-responders facing each other end after a few turns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mohalla.channels.sms.rules.numbers import Kind

REPLIES_AN_HOUR: Final = 30
REPLIES_A_DAY: Final = 90
SAME_TEXT_AN_HOUR: Final = 3
NEWS_A_DAY: Final = 40
"""What nobody asked for: a machine that answers each piece of news with a report would otherwise

make more news than it got, day after day. The tracking page shows everything all the same."""
FUSE: Final = 3
"""So many times the daily spend stop, and only danger and SOS go out: numbers by the thousand with
one text each would otherwise spend without end, each within the budget of its own."""
ALWAYS: Final = frozenset({"danger", "trusted"})
"""Purposes that neither budget nor spend stop holds back."""
TO_OURSELVES: Final = frozenset({"rehearsal"})
"""Purposes of texts that are meant to come back: the daily trial of the whole path."""
AUTOMATIC: Final = frozenset({"reply", "sos"})
"""Purposes of what no person wrote: the budget of a number is counted over these."""
NEVER_STOPPED: Final = ALWAYS | {"sos"}
"""Purposes that money never holds back."""
OWED: Final = NEVER_STOPPED | AUTOMATIC
"""Purposes that the daily spend stop does not hold back: danger, and the answer to somebody's own
word."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What one number has had from us, and sent, lately.

    hour, day: automatic replies made to it in the last hour and 24 hours. same: how often its
    latest text, word for word, came in the last hour (1 = once). news: all else in 24 hours.
    """

    hour: int
    day: int
    same: int
    news: int = 0


def why_unreachable(kind: Kind) -> str:
    """Why nothing can ever be sent to such an address; empty if it can."""
    return {
        Kind.EMPTY: "no number to send to",
        Kind.OURS: "our own number",
        Kind.ALPHANUMERIC: "a name, not a number: nobody reads answers there",
        Kind.MALFORMED: "not a telephone number",
        Kind.NUMBER: "",
    }[kind]


def why_silent(*, kind: Kind, purpose: str, answered: Answered) -> str:
    """Why a reply, or a piece of news, is not sent; empty if it may go."""
    unreachable = why_unreachable(kind)
    if unreachable or purpose in ALWAYS:
        return unreachable
    if purpose not in AUTOMATIC:
        full = answered.news >= NEWS_A_DAY
        return f"already {NEWS_A_DAY} messages to this number in a day" if full else ""
    if answered.hour >= REPLIES_AN_HOUR:
        return f"already {REPLIES_AN_HOUR} replies to this number in an hour"
    if answered.day >= REPLIES_A_DAY:
        return f"already {REPLIES_A_DAY} replies to this number in a day"
    if answered.same > SAME_TEXT_AN_HOUR:
        return "the same text again and again: most likely a machine"
    return ""


def still_paid(*, parts_today: int, most: int) -> frozenset[str] | None:
    """The purposes that go out after `parts_today` of `most` parts a day; None: all of them."""
    if parts_today < most:
        return None
    return OWED if parts_today < FUSE * most else NEVER_STOPPED
