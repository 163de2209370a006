"""To which keys a report that is being written may be sealed."""

from __future__ import annotations

from dataclasses import dataclass

from mohalla.foundation.catalogue import Category
from mohalla.foundation.keys import queries as keys
from mohalla.foundation.keys.queries import DeskKeyFact
from mohalla.foundation.units.rules.directory import Directory
from mohalla.station.casework.rules.routing import Route
from mohalla.station.casework.rules.sealing import seal_to


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """`desks`: the owner first. `inner` and `outer`: who opens name and number together."""

    desks: tuple[DeskKeyFact, ...]
    inner: DeskKeyFact | None
    outer: DeskKeyFact | None


def allowed(route: Route, category: Category | None, directory: Directory) -> Allowed | None:
    """The keys in force of the desks that routing allows; None where its owner has none."""
    if route.sensitivity == "C1":
        return None
    known = keys.in_force(directory.units)
    found = seal_to(
        directory, route, keyed=known, about_police=bool(category and category.about_police)
    )
    if found is None:
        return None
    return Allowed(
        desks=tuple(known[unit] for unit in found.desks),
        inner=known[found.inner] if found.inner else None,
        outer=known[found.outer] if found.outer else None,
    )
