"""What this room tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class AlarmMoved:
    """`what`: raised, seen, coming or over. Names the alarm and the case, never its content."""

    alarm: UUID
    case: UUID
    what: str
    at: datetime
