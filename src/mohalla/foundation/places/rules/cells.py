"""Shapes as H3 cells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import h3

RESOLUTION = 8  # about 0.7 km² a cell: a neighbourhood, not a house
MOST = 400  # cells; more is no mohalla


class TooLarge(ValueError):
    """The shape has more cells than a mohalla can have."""


def cells_of(geometry: Mapping[str, Any] | None) -> list[str]:
    """Sorted cells of a GeoJSON shape; a shape smaller than a cell has that of its first point."""
    if geometry is None:
        return []
    if geometry["type"] == "Point":
        return [_cell(geometry["coordinates"])]
    found = sorted(h3.geo_to_cells(dict(geometry), RESOLUTION))
    if len(found) > MOST:
        raise TooLarge(f"{len(found)} cells")
    return found or [_cell(_first(geometry["coordinates"]))]


def _cell(pair: Any) -> str:
    return str(h3.latlng_to_cell(pair[1], pair[0], RESOLUTION))


def _first(part: Any) -> Any:
    return part if not isinstance(part[0], list | tuple) else _first(part[0])
