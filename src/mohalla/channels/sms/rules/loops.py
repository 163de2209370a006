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
PARTS_A_DAY: Final = 50_000
"""The daily spend stop: parts sent to everybody in 24 hours. Danger goes on, the rest waits."""
ALWAYS: Final = frozenset({"danger", "trusted"})
"""Purposes that neither budget nor spend stop holds back."""
TO_OURSELVES: Final = frozenset({"rehearsal"})
"""Purposes of texts that are meant to come back: the daily trial of the whole path."""
AUTOMATIC: Final = frozenset({"reply"})
"""Purposes of what no person wrote: the budget of a number is counted over these."""


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


def spend_stopped(*, parts_today: int, purpose: str) -> bool:
    """Whether the daily spend stop holds this message back until the day's count has fallen."""
    return parts_today >= PARTS_A_DAY and purpose not in ALWAYS
