"""Write an alert; nothing goes out yet."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from mohalla.crisis.alerts import queries
from mohalla.crisis.alerts.actions.send import AlertRefused
from mohalla.crisis.alerts.models import Alert
from mohalla.foundation.identifiers import new_reference
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.units.rules.viewer import Viewer

ROOM = "alerts"


def write(
    *, viewer: Viewer, unit: int, kind: str, areas: Sequence[int], texts: Mapping[str, str],
    asked_for: str, expires_at: datetime, at: datetime,
) -> Alert:  # fmt: skip
    """`texts` by language: en, ur, ps. Raises `AlertRefused` (area)."""
    if unit not in viewer.units or not areas or not set(areas) <= queries.covered([unit]):
        raise AlertRefused("area")
    with transaction.atomic():
        row = Alert.objects.create(
            reference=new_reference(), kind=kind, text_en=texts["en"], text_ur=texts["ur"],
            text_ps=texts["ps"], asked_for=asked_for, written_by_id=viewer.officer, unit_id=unit,
            written_at=at, expires_at=expires_at,
        )  # fmt: skip
        row.areas.set(areas)
        ledger.record(
            what="alert written", room=ROOM, subject=row.reference, by=viewer.by, at=at, kind=kind,
            areas=sorted(areas), words=digest(texts),
        )  # fmt: skip
    return row


def digest(texts: Mapping[str, str]) -> str:
    """Of the three wordings: everybody who got one can open it."""
    joined = "\n".join(texts[code] for code in ("en", "ur", "ps"))
    return hashlib.sha256(joined.encode()).hexdigest()
