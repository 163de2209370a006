"""That somebody opened a confidential case is itself a fact that stays."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from mohalla.foundation.ledger import actions as ledger
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM


def note_taking(*, case: Case, attachment: UUID, officer: int, at: datetime) -> None:
    """Record that somebody took an original away, whatever the class of the case."""
    ledger.record(
        what="original taken", room=ROOM, subject=case.reference, by=f"officer:{officer}", at=at,
        attachment=str(attachment),
    )  # fmt: skip


def note_reading(*, case: Case, officer: int, at: datetime) -> bool:
    """Record who read it and when; for C1 nothing is recorded. Returns whether it was."""
    if case.sensitivity == "C1":
        return False
    ledger.record(
        what="case read", room=ROOM, subject=case.reference, by=f"officer:{officer}", at=at
    )
    return True
