"""When several pieces of news become one text, and when a next one waits for that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

BURST: Final = 3
"""So much news within the window goes out as it comes; what is more waits for the window's end."""
WINDOW: Final = timedelta(minutes=30)
MANY: Final = 3


def is_one_text(subjects: Sequence[str]) -> bool:
    """Whether texts due at the same time, one subject each, are said together: of two matters or
    more, or three of one."""
    return len(set(subjects)) > 1 or len(subjects) >= MANY


def opens(made: Collection[datetime], at: datetime) -> datetime:
    """When the next piece of news may go; `made`: when those before it were made."""
    within = sorted(moment for moment in made if at - WINDOW < moment <= at)
    return at if len(within) < BURST else within[-BURST] + WINDOW
