"""The lists of the report form: mohallas by station, units a complaint may be about."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext as _

from mohalla.foundation.places import queries as places
from mohalla.foundation.units import queries as units

Choices = list[tuple[str, str]]


def mohallas(language: str, at: datetime) -> list[tuple[str, Choices]]:
    """(station, [(code, name)]) in the reader's language, both in the order of their names."""
    directory = units.directory()
    shelves: dict[str, Choices] = defaultdict(list)
    for place in places.mohallas(at):
        beat = directory.beat_of(place.pk)
        station = directory.units[beat.station].names if beat else {}
        shelf = station.get(language) or station.get("ur") or _("Other places")
        name = getattr(place, f"name_{language}", "") or place.name_ur or place.name_en
        shelves[shelf].append((place.code, name))
    return [(shelf, sorted(shelves[shelf], key=lambda pair: pair[1])) for shelf in sorted(shelves)]


def units_named(language: str) -> Choices:
    """(code, name) of every unit, stations first."""
    known = sorted(
        units.directory().units.values(),
        key=lambda unit: (unit.kind != "station", unit.names.get(language, unit.names["ur"])),
    )
    return [(unit.code, unit.names.get(language) or unit.names["ur"]) for unit in known]
