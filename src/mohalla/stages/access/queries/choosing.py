"""The lists of the report forms: mohallas by station, matters by group, units."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.utils.translation import gettext as _

from mohalla.foundation import catalogue
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


def districts(language: str) -> Choices:
    """(code of a desk that stands for it, name) of every district that has desks."""
    directory = units.directory()
    desks: dict[int, str] = {}
    for unit in sorted(directory.units.values(), key=lambda row: (row.kind != "dpo", row.id)):
        if not unit.outside_force:
            desks.setdefault(unit.district, unit.code)
    known = places.by_ids(desks)
    return sorted(((desks[key], place.name(language)) for key, place in known.items()), key=_name)


def _name(pair: tuple[str, str]) -> str:
    return pair[1]


def matters(query: str, language: str) -> Choices:
    """(code, name) of the matters that fit the words, the best first; empty without words."""
    if not query:
        return []
    return [(row.code, row.name(language)) for row in catalogue.get().search(query, language)]


def categories(language: str, *, query: str = "") -> list[tuple[str, Choices]]:
    """(shelf, [(code, name)]); what fits the search words stands on a shelf of its own, first."""
    book = catalogue.get()
    found = matters(query, language)
    taken = {code for code, _name in found}
    shelves = [(_("Perhaps this?"), found)] if found else []
    for code, group in book.groups.items():
        rows = [(c.code, c.name(language)) for c in book.listed(code) if c.code not in taken]
        if rows:
            shelves.append((group.names[language], rows))
    return shelves
