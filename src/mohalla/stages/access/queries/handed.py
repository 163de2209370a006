"""Through whose hands her files went, as the holder of the receipt sees it: rank and desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.owner import Owner
from mohalla.stages.access.queries import enclosed, papers
from mohalla.stages.access.rules.naming import named
from mohalla.station.casework import hands
from mohalla.station.casework.models import Case, Custody
from mohalla.station.casework.rules import custody


@dataclass(frozen=True, kw_only=True)
class HandSeen:
    """`kind` as of `Custody.Kind`; `file` is its number in her list, 0 for the device."""

    kind: str
    file: int
    to: str
    medium: str
    whole: bool | None
    at: datetime
    who: dict[str, str] | None


def of(case: Case, language: str) -> list[HandSeen]:
    """The oldest first; of files that she may not see, nothing."""
    directory = units.directory()
    numbers = {str(row.id): number for number, row in enumerate(enclosed.of(case), start=1)}
    return [
        HandSeen(
            kind=act.row.kind,
            file=numbers.get(act.attachment, 0),
            to=hands.to_whom(act.entry.facts, directory, language),
            medium=str(Custody.Medium(act.row.medium).label) if act.row.medium else "",
            whole=act.row.whole,
            at=act.row.happened_at,
            who=papers.person(
                named(directory, Owner(unit=act.row.desk_id or 0, officer=act.officer), language)
            ),
        )
        for act in hands.of(case)
        if act.row is not None
        and act.entry.what in custody.ACTS.values()
        and (not act.attachment or act.attachment in numbers)
    ]
