"""Rows of this room that belong to a matter, for the log."""

from __future__ import annotations

from mohalla.foundation.ledger.files import Table
from mohalla.station.response.models import Alarm, ChildSearch, Ring

TABLES = (
    Table(Alarm, "case__reference", leave=frozenset({"next_at"})),
    Table(Ring, "alarm__case__reference"),
    Table(ChildSearch, "case__reference", leave=frozenset({"next_at", "answered_at"})),
)
