"""What came in through any door, before it is stored: the one shape that all doors fill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

ONLY_WRITE = "text"  # she asked not to be called; messages are welcome


@dataclass(frozen=True, kw_only=True)
class ContactWish:
    """How to reach the person safely; hours are local, 0 to 24, `safe_from` may be after midnight."""

    kind: str  # "phone" | "email"
    value: str
    safe_from: int | None = None
    safe_to: int | None = None
    discreet: bool = True
    way: str = "sms"  # "sms" | "call" | ONLY_WRITE | "none"


@dataclass(frozen=True, kw_only=True)
class SealedWords:
    """What a device sealed: age files in armour, for keys whose private halves are not here.

    `token` finds the report again; `recipient` is the public half of the report's own key, to which
    `envelope` is sealed; `keys` holds its private half, sealed for each desk key by its id, and
    under None for the reporter. `identity` is sealed to `outer` over `inner` (unit ids).
    """

    token: str
    recipient: str
    envelope: str
    keys: tuple[tuple[UUID | None, str], ...]
    identity: str = ""
    inner: int | None = None
    outer: int | None = None


@dataclass(frozen=True, kw_only=True)
class Submission:
    """`text`, `sealed` or at least one attachment; everything else may be missing."""

    door: str  # "web" | "api" | "sms" | "counter" | "phone"
    language: str = "ur"
    text: str = ""
    category: str = ""
    place: str = ""
    unit: str = ""  # station the sender chose instead of a place
    landmark: str = ""
    lat: float | None = None
    lon: float | None = None
    about_unit: str = ""
    about_officer: str = ""
    happened_at: datetime | None = None
    told_at: datetime | None = None
    danger: bool | None = None
    woman_officer: bool = False
    name: str = ""
    contact: ContactWish | None = None
    attachments: tuple[UUID, ...] = ()
    idempotency_key: str = ""
    sealed: SealedWords | None = None
    filed_by: int | None = None  # officer who wrote it down for a caller or visitor
