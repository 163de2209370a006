"""Places as pages, dialogues and the API need them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import h3

from mohalla.foundation.places.models import Place
from mohalla.foundation.places.rules.cells import RESOLUTION as CELL_RESOLUTION


def mohallas(at: datetime) -> list[Place]:
    """Every mohalla valid on that day, by English name, with its district."""
    return list(
        Place.objects.valid(at.date())
        .filter(kind="mohalla")
        .select_related("parent")
        .defer("boundary")
        .order_by("name_en")
    )


def cell_at(lat: float, lon: float) -> str:
    """The H3 cell of a point: all that is kept of a phone's location."""
    return str(h3.latlng_to_cell(lat, lon, CELL_RESOLUTION))


def place_at(lat: float, lon: float, at: datetime) -> Place | None:
    """The mohalla whose cells hold the point, else one whose neighbouring cells do."""
    cell = cell_at(lat, lon)
    near = set(h3.grid_disk(cell, 1))
    fallback = None
    for place in mohallas(at):
        if cell in place.cells:
            return place
        if fallback is None and near & set(place.cells):
            fallback = place
    return fallback


def by_ids(keys: Iterable[int]) -> dict[int, Place]:
    """Places by their primary keys, in one statement."""
    return Place.objects.in_bulk(list(keys))
