"""What this room tells the rooms above: each names the case, never its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class ContactLogged:
    case: UUID
    attempt: int
    at: datetime


@dataclass(frozen=True)
class ContactDenied:
    case: UUID
    at: datetime


@dataclass(frozen=True)
class Answered:
    """Somebody from the desk wrote to the reporter."""

    case: UUID
    at: datetime


@dataclass(frozen=True)
class Recorded:
    case: UUID
    kind: str
    at: datetime


@dataclass(frozen=True)
class OutcomeProposed:
    case: UUID
    outcome: int
    at: datetime


@dataclass(frozen=True)
class AskedAgain:
    case: UUID
    outcome: int
    reminder: int
    at: datetime


@dataclass(frozen=True)
class AskedAlone:
    """Reconciled some days ago: it is time to ask, alone and in safe hours, whether it holds."""

    case: UUID
    at: datetime


@dataclass(frozen=True)
class Kept:
    case: UUID
    at: datetime


@dataclass(frozen=True)
class Reopened:
    case: UUID
    at: datetime


@dataclass(frozen=True)
class Closed:
    case: UUID
    closing: str
    at: datetime


@dataclass(frozen=True)
class DangerTold:
    """Somebody is in danger now: told with the report, or in answer to our question."""

    case: UUID
    door: str
    at: datetime


@dataclass(frozen=True)
class ChildMissing:
    """Told as such, or classified so: the search begins, counted from the report."""

    case: UUID
    door: str
    at: datetime


@dataclass(frozen=True)
class NewOwner:
    case: UUID
    at: datetime
    why: str


@dataclass(frozen=True)
class WithdrawalAsked:
    case: UUID
    at: datetime


@dataclass(frozen=True)
class Decided:
    """A supervisor decided about what is late: `choice` is new_time or lend."""

    case: UUID
    choice: str
    at: datetime


@dataclass(frozen=True)
class Agreed:
    """Two bodies agreed on `act`, and it was done."""

    case: UUID
    act: str
    at: datetime


@dataclass(frozen=True)
class WordsDestroyed:
    """What was said is gone, by her wish; whoever keeps more of it lets it go now."""

    case: UUID
    at: datetime
