"""What the rooms above may want to know about postings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PostingStarted:
    officer: int
    unit: int
    at: datetime


@dataclass(frozen=True)
class PostingEnded:
    officer: int
    unit: int
    at: datetime


@dataclass(frozen=True)
class OfficerAway:
    """Leave or suspension began."""

    officer: int
    at: datetime
    suspended: bool
