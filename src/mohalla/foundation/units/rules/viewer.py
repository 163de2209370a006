"""Who is looking: an officer with the desks of this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mohalla.foundation.units.rules.directory import Directory


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """Ids. `units`: desks the officer is posted to now; `heads`: those that the officer heads."""

    officer: int
    units: frozenset[int]
    heads: frozenset[int]

    @property
    def by(self) -> str:
        """How ledger and history name this person."""
        return f"officer:{self.officer}"


def viewer_at(directory: Directory, *, officer: int, at: datetime) -> Viewer:
    """The officer's desks by posting; on leave or suspended: none."""
    if directory.away(officer, at):
        return Viewer(officer=officer, units=frozenset(), heads=frozenset())
    rows = directory.postings_of(officer, at)
    return Viewer(
        officer=officer,
        units=frozenset(row.unit for row in rows),
        heads=frozenset(row.unit for row in rows if row.role == "head"),
    )
