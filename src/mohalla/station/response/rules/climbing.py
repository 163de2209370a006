"""When one desk more must hear an alarm: pure; the minutes are data (`catalogue/…/response.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """`unseen`: until somebody has seen it; `not_going`: from then until somebody sets out;
    `not_there`: from then until somebody is there."""

    unseen: timedelta
    not_going: timedelta
    not_there: timedelta


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The moments of an alarm that its climbing hangs on."""

    loud_since: datetime | None
    seen_at: datetime | None = None
    on_way_at: datetime | None = None
    arrived_at: datetime | None = None
    safe_at: datetime | None = None
    duress_at: datetime | None = None
    climbed_at: datetime | None = None


def next_climb(standing: Standing, minutes: Minutes) -> datetime | None:
    """The moment at which the next desk up rings as well; None: no more of that.

    Every climb gives the new desk the same time anew.
    """
    if standing.arrived_at is not None:
        return None
    if standing.safe_at is not None and standing.duress_at is None:
        return None
    if standing.loud_since is not None:
        since, span = standing.loud_since, minutes.unseen
    elif standing.on_way_at is not None:
        since, span = standing.on_way_at, minutes.not_there
    elif standing.seen_at is not None:
        since, span = standing.seen_at, minutes.not_going
    else:
        return None
    return max(since, standing.climbed_at or since) + span
