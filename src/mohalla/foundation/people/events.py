"""What the rooms above may want to know about accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class PasskeyRemoved:
    """`officer`: whose account it opened; None for an account of no officer."""

    passkey: UUID
    officer: int | None
    at: datetime


@dataclass(frozen=True)
class AccountClosed:
    officer: int | None
    at: datetime
