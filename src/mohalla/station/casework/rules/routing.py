"""From what was said to who gets it: one pure answer, recorded with its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mohalla.foundation.catalogue import Category
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import GRAVE, NONE, Exclusion, exclude
from mohalla.foundation.units.rules.owner import Owner, next_owner, owner_at
from mohalla.foundation.units.rules.recipients import recipient

UNCLASSIFIED_DESKS: tuple[str, ...] = ("triage_desk", "independent")


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What routing looks at. `category` None: not classified yet, treated as C3."""

    category: Category | None
    place: int | None
    station: int | None  # chosen by the sender, or the station of the beat of the place
    district: int | None
    named_units: frozenset[int] = frozenset()
    named_officers: frozenset[int] = frozenset()
    matter_at: datetime


@dataclass(frozen=True, kw_only=True)
class Route:
    """`owner.unit` is 0 where nobody may have it: the case is held for the independent desk."""

    sensitivity: str
    level: str
    exclusion: Exclusion
    owner: Owner
    next_owner: Owner | None
    named_units: frozenset[int]

    def inputs(self) -> dict[str, object]:
        """For the record: ids and reasons, no words of the reporter."""
        return {
            "level": self.level,
            "unit": self.owner.unit,
            "excluded_units": self.exclusion.units,
            "excluded_officers": self.exclusion.officers,
        }


def route(directory: Directory, matter: Matter, *, at: datetime) -> Route:
    """Level, excluded set, desk, owner and next owner of a matter at a moment."""
    category = matter.category
    named = matter.named_units
    if category is None:
        level = GRAVE if named or matter.named_officers else NONE
        sensitivity, desks = "C3", UNCLASSIFIED_DESKS
    else:
        level, sensitivity, desks = category.exclusion, category.sensitivity, category.desks
        if category.about_police and not named and not matter.named_officers and matter.station:
            named = frozenset({matter.station})  # about police, nobody named: the unit of the place
        if level == NONE and named:
            level = GRAVE  # a unit is named, whatever the category says
    excluded = exclude(
        directory,
        level=level,
        named_units=named,
        named_officers=matter.named_officers,
        matter_at=matter.matter_at,
        now=at,
    )
    unit = recipient(
        directory,
        desks=desks,
        station=matter.station,
        district=matter.district,
        excluded=excluded,
    )
    if unit is None:
        owner, upper = Owner(unit=0, officer=None), None
    else:
        owner = _owner(directory, unit.id, matter.place, at, excluded)
        upper = next_owner(directory, unit=unit.id, at=at, excluded=excluded)
    return Route(
        sensitivity=sensitivity,
        level=level,
        exclusion=excluded,
        owner=owner,
        next_owner=upper,
        named_units=named,
    )


def _owner(
    directory: Directory, unit: int, place: int | None, at: datetime, excluded: Exclusion
) -> Owner:
    beat = directory.beat_of(place) if place else None
    return owner_at(directory, unit=unit, at=at, beat=beat.id if beat else None, excluded=excluded)
