"""The port: how a notice goes out through a door, to one person and to very many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from mohalla.channels.notices.rules.kinds import ANY, Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """To one person. `kind`: a code of `rules.kinds`; `key`: the same for the same news, so that it
    goes once; `language`: of the words; `sealed`: they are a secret."""

    kind: str
    address: str
    text: str
    subject: str
    key: str
    language: str
    safe_hours: Hours = ANY
    sealed: bool = False


class Door(Protocol):
    """A way to one person. Durable when it returns, sent after the commit of the caller."""

    def lay(self, notice: Notice, /, *, hours: Hours, gathers: bool, at: datetime) -> bool:
        """Owe it; False where it may never go there."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One of a batch; `address` still under seal, `reference` the same at every try."""

    id: int
    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What is handed over together. `total`: of the whole broadcast; `texts` by language."""

    broadcast: UUID
    subject: str
    kind: str
    texts: dict[str, str]
    total: int
    expires_at: datetime
    recipients: Sequence[Recipient]


@dataclass(slots=True)
class Handed:
    """What became of a batch: counts, and the ids of those who must be tried again."""

    laid: int = 0
    accepted: int = 0
    refused: int = 0
    parts: int = 0
    again: list[int] = field(default_factory=list)


class Sender(Protocol):
    """A way to very many. `door` is the code that stands in their subscriptions."""

    @property
    def door(self) -> str: ...

    @property
    def is_up(self) -> bool: ...

    def size(self, texts: dict[str, str], /) -> int:
        """Recipients of one batch."""

    def hand(self, batch: Batch, /, *, at: datetime) -> Handed:
        """Hand all of them over, with no transaction open. Never raises for a single recipient."""
