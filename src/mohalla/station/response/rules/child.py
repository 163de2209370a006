"""The first two hours of a missing child: pure; the minutes are data (`catalogue/…/response.toml`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


def step_at(since: datetime, steps: Sequence[timedelta], climbed: int) -> datetime | None:
    """When the next desk up is told; None: all of them were."""
    return since + steps[climbed] if climbed < len(steps) else None


def steps_due(since: datetime, steps: Sequence[timedelta], climbed: int, at: datetime) -> int:
    """How many are to be taken now: all that the clock slept through, none before its time."""
    return sum(1 for step in steps[climbed:] if since + step <= at)
