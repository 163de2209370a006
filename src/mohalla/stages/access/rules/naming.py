"""Who is named to whom: rank and desk always, the name only where unit or officer allows it."""

from __future__ import annotations

from dataclasses import dataclass

from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.owner import Owner


@dataclass(frozen=True, kw_only=True)
class Named:
    """An owner as the reporter reads it; `name` is empty where it stays inside."""

    rank: str
    desk: str
    unit: str
    name: str = ""


def named(directory: Directory, owner: Owner | None, language: str) -> Named | None:
    """None where nobody owes it."""
    if owner is None or owner.unit not in directory.units:
        return None
    unit = directory.units[owner.unit]
    officer = directory.officers.get(owner.officer or 0)
    shown = officer is not None and (unit.names_shown or officer.name_shown)
    written = language if language in unit.names else "ur"
    return Named(
        rank=officer.rank if officer else "",
        name=officer.names[written] if officer and shown else "",
        desk=unit.kind,
        unit=unit.names[written],
    )
