"""What the clock and the desks made of a promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class Reminded:
    promise: UUID
    step: str
    at: datetime


@dataclass(frozen=True)
class Broken:
    """`decision` is the promise that the next owner now owes; None where nobody is above."""

    promise: UUID
    decision: UUID | None
    at: datetime


@dataclass(frozen=True)
class Ended:
    promise: UUID
    state: str
    by: str
    at: datetime


@dataclass(frozen=True)
class OwnerChanged:
    promise: UUID
    at: datetime
    why: str
