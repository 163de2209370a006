"""Why an act on keys was not done, and how these acts are written down."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mohalla.foundation.keys.models import DeskKey
from mohalla.foundation.ledger import actions as ledger


class KeyRefused(Exception):
    """`reason`: `not yours` (as if it did not exist), `meanwhile` (somebody was faster: look
    again), `have` (there is one already), `passkey` (it cannot keep a key)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def note(
    what: str, subject: UUID, officer: int | None, at: datetime, **facts: str | int | bool | None
) -> None:
    """One act, by an officer or (None) by the system."""
    by = f"officer:{officer}" if officer else "system"
    ledger.record(what=what, room="keys", subject=subject, by=by, at=at, **facts)


def note_desk(
    what: str, key: DeskKey, officer: int | None, at: datetime, **facts: str | int | bool | None
) -> None:
    """One act on a desk's key."""
    note(what, key.pk, officer, at, unit=key.unit_id, version=key.version, **facts)
