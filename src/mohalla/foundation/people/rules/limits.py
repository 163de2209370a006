"""How long a sign-in lasts, and how long a proof is fresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Limits:
    """`idle`: without use; `most`: in all; `proof`: how long a proof counts as fresh."""

    idle: timedelta
    most: timedelta
    proof: timedelta


def over(limits: Limits, *, began_at: datetime, seen_at: datetime, at: datetime) -> str:
    """Why the session is over: `idle`, `most`, or empty while it goes on."""
    if at - began_at >= limits.most:
        return "most"
    return "idle" if at - seen_at >= limits.idle else ""


def fresh(limits: Limits, *, proved_at: datetime, at: datetime) -> bool:
    """A proof from the future (a clock set back) is none."""
    return timedelta(0) <= at - proved_at < limits.proof
