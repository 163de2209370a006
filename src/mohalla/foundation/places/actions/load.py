"""Load real places from a file: dated, with source and licence, as often as one likes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.places.models import Place
from mohalla.foundation.places.rules import cells, files
from mohalla.foundation.places.rules.files import UPPER, FileRefused, Given

CONTENT = ("name_en", "name_ur", "name_ps", "parent_id", "cells", "boundary", "source", "licence")
EVERY = 50  # rows between two looks at the progress


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many rows of the file were new, changed (the old state is kept), and as before."""

    new: int
    changed: int
    same: int


@dataclass(frozen=True, kw_only=True)
class Origin:
    kind: str
    valid_from: date
    source: str
    licence: str


def load(
    *,
    path: Path,
    kind: str,
    valid_from: date,
    source: str,
    licence: str,
    at: datetime,
    by: str = "system",
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Loaded:
    """All of the file in one transaction or `FileRefused` and nothing.

    A changed place keeps its row, on which beats, desks and reports stand; its state until
    `valid_from` becomes a row of the past, closed by `valid_to`. Places that the file does not
    name are left alone: a list may be a part. Nothing is drawn anywhere.
    """
    origin = Origin(kind=kind, valid_from=valid_from, source=source, licence=licence)
    rows = files.read(path, kind=kind)
    parents = _parents(rows, kind)
    known = {place.code: place for place in Place.objects.filter(valid_to=None)}
    wanted, problems = [], []
    for row in rows:
        try:
            wanted.append(_place(row, origin, parents, known))
        except ValueError as error:
            problems.append(f"row {row.row} ({row.code}): {error}")
    if problems:
        raise FileRefused(problems)
    counts = {"new": 0, "changed": 0, "same": 0}
    with transaction.atomic():
        for number, place in enumerate(wanted, 1):
            counts[_keep(place, known.get(place.code))] += 1
            if number % EVERY == 0 or number == len(wanted):
                progress(number, len(wanted))
        if counts["new"] or counts["changed"]:
            ledger.record(
                what="places loaded", room="places", subject=kind, by=by, at=at,
                source=source, licence=licence, valid_from=valid_from.isoformat(), **counts,
            )  # fmt: skip
    return Loaded(**counts)


Parents = dict[tuple[bool, str], list[Place]]


def _parents(rows: list[Given], kind: str) -> Parents:
    """Open places by code, and those of the upper kind by English name."""
    found: Parents = {}
    if any(row.parent for row in rows):
        for place in Place.objects.filter(valid_to=None).defer("boundary", "cells"):
            found.setdefault((False, place.code), []).append(place)
            if place.kind == UPPER[kind]:
                found.setdefault((True, place.name_en.casefold()), []).append(place)
    return found


def _place(row: Given, origin: Origin, parents: Parents, known: dict[str, Place]) -> Place:
    """The row as an unsaved place; raises ValueError with the mend."""
    parent = None
    if row.parent:
        named = parents.get((row.by_name, row.parent.casefold()), [])
        if len(named) != 1:
            words = "is not loaded; load it first" if not named else "names two places; give a code"
            raise ValueError(f"its {UPPER[origin.kind] or 'parent'} {row.parent!r} {words}")
        parent = named[0]
    before = known.get(row.code)
    if before is not None and before.kind != origin.kind:
        raise ValueError(f"the code belongs to a {before.kind}; give it another code")
    try:
        hexagons = cells.cells_of(row.geometry) if origin.kind == "mohalla" else []
    except cells.TooLarge as error:
        raise ValueError(f"is too large for a mohalla ({error}); is --kind right?") from None
    bounded = row.geometry is not None and row.geometry["type"] != "Point"
    place = Place(
        code=row.code,
        kind=origin.kind,
        parent=parent,
        name_en=row.name_en,
        name_ur=row.name_ur,
        name_ps=row.name_ps,
        cells=hexagons,
        boundary=row.geometry if bounded else None,
        valid_from=origin.valid_from,
        source=origin.source,
        licence=origin.licence,
    )
    if before is not None and _differs(before, place) and origin.valid_from <= before.valid_from:
        raise ValueError(
            f"differs from what holds since {before.valid_from}; give a later --valid-from"
        )
    return place


def _differs(one: Place, other: Place) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in CONTENT)


def _keep(place: Place, before: Place | None) -> str:
    if before is None:
        place.save(force_insert=True)
        return "new"
    if not _differs(before, place):
        return "same"
    past = Place(
        code=before.code, kind=before.kind, aliases=before.aliases,
        valid_from=before.valid_from, valid_to=place.valid_from,
        **{name: getattr(before, name) for name in CONTENT},
    )  # fmt: skip
    for name in (*CONTENT, "valid_from"):
        setattr(before, name, getattr(place, name))
    before.save(update_fields=[*(name.removesuffix("_id") for name in CONTENT), "valid_from"])
    past.save(force_insert=True)
    return "changed"
