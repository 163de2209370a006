"""Place lists as they come: GeoJSON (also gzipped) and CSV, read into one shape. No database."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UPPER = {"district": "province", "tehsil": "district", "mohalla": "district", "province": ""}
SHAPES = frozenset({"Polygon", "MultiPolygon", "Point"})
CODE_LONGEST, NAME_LONGEST = 60, 120
LARGEST = 256 << 20  # bytes of a list, unpacked: forty times the boundaries of the whole country
DEEPEST = 4  # lists within lists of a MultiPolygon
DIGITS = 4  # decimals kept of a coordinate: about 11 m


class FileRefused(Exception):
    """`problems`: one line each, with the row and the mend. Nothing was stored."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems[:3]))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Given:
    """One place of a file. `parent` is a code or, `by_name`, an English name of the upper kind.

    `geometry` is GeoJSON in WGS 84 (longitude first) or None.
    """

    row: int
    code: str
    name_en: str
    name_ur: str = ""
    name_ps: str = ""
    parent: str = ""
    by_name: bool = False
    geometry: Mapping[str, Any] | None = None


def read(path: Path, *, kind: str) -> list[Given]:
    """Every place of the file; raises `FileRefused` with every problem found."""
    try:
        words = _unpacked(path).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise FileRefused([f"{path}: cannot be read ({error}); give UTF-8 text or gzip"]) from None
    try:
        rows = list(_geojson(path, words) if words.lstrip()[:1] == "{" else _csv(path, words))
    except csv.Error as error:
        raise FileRefused([f"{path}: no CSV ({error}); export it again"]) from None
    found: list[Given] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, properties, geometry in rows:
        try:
            place = _given(number, properties, geometry, kind)
        except ValueError as error:
            problems.append(f"row {number}: {error}")
            continue
        if place.code in seen:
            problems.append(
                f"row {number} ({place.code}): the code stands in row {seen[place.code]} already; "
                "give each place its own"
            )
        seen.setdefault(place.code, number)
        found.append(place)
    if problems:
        raise FileRefused(problems)
    if not found:
        raise FileRefused([f"{path}: holds no place; is it the right file?"])
    return found


def _unpacked(path: Path) -> bytes:
    """A packed list may be made to burst: it is read up to the limit and no further."""
    with path.open("rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b"
        plain.seek(0)
        with gzip.GzipFile(fileobj=plain) if packed else plain as opened:
            raw: bytes = opened.read(LARGEST + 1)
    if len(raw) > LARGEST:
        raise FileRefused([f"{path}: larger than {LARGEST >> 20} MB; load it in parts"])
    return raw


Row = tuple[int, Mapping[str, Any], Mapping[str, Any] | None]


def _geojson(path: Path, words: str) -> Iterator[Row]:
    try:
        features = json.loads(words)["features"]
        if not isinstance(features, list):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        raise FileRefused([f"{path}: no GeoJSON FeatureCollection; export it as one"]) from None
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") or {} if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            raise FileRefused([f"row {number}: no GeoJSON feature; export the file again"])
        yield number, properties, feature.get("geometry")


def _csv(path: Path, words: str) -> Iterator[Row]:
    reader = csv.DictReader(io.StringIO(words))
    if not {"code", "name_en"} <= set(reader.fieldnames or ()):
        raise FileRefused(
            [f"{path}: the first line must name code,name_en,name_ur,name_ps,parent,lat,lon"]
        )
    for row in reader:
        lat, lon = (row.get("lat") or "").strip(), (row.get("lon") or "").strip()
        point = {"type": "Point", "coordinates": [lon, lat]} if lat or lon else None
        yield reader.line_num, row, point


def _given(
    number: int, properties: Mapping[str, Any], geometry: Mapping[str, Any] | None, kind: str
) -> Given:
    def word(*names: str) -> str:
        for name in names:
            value = str(properties.get(name) or "").strip()
            if value and value != "NA":
                return value
        return ""

    code = re.sub(r"[^a-z0-9-]+", "-", word("code", f"{kind}_code").lower()).strip("-")
    name = word("name_en", f"{kind}_name", "name")
    if not code or len(code) > CODE_LONGEST:
        raise ValueError(f"has no code; fill in `code` or `{kind}_code` (at most {CODE_LONGEST})")
    if not name or len(name) > NAME_LONGEST:
        raise ValueError(f"({code}) has no name; fill in `name_en` or `{kind}_name`")
    upper = UPPER[kind]
    parent = word("parent", f"{upper}_code").lower()
    named = "" if parent else word(f"{upper}_name")
    return Given(
        row=number,
        code=code,
        name_en=name,
        name_ur=word("name_ur"),
        name_ps=word("name_ps"),
        parent=parent or named,
        by_name=bool(named),
        geometry=None if geometry is None else _shape(code, geometry),
    )


def _shape(code: str, geometry: Mapping[str, Any]) -> dict[str, Any]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(kind, str) or kind not in SHAPES:
        raise ValueError(f"({code}) has a {kind} as its shape; give Polygon, MultiPolygon or Point")
    return {"type": kind, "coordinates": _rounded(code, geometry.get("coordinates"))}


def _rounded(code: str, part: Any, depth: int = DEEPEST) -> Any:
    """The same nesting with rounded pairs (longitude, latitude); raises ValueError."""
    if not isinstance(part, list | tuple) or not part or not depth:
        raise ValueError(f"({code}) has a broken shape; export it again")
    if isinstance(part[0], list | tuple):
        return [_rounded(code, inner, depth - 1) for inner in part]
    try:
        lon, lat = float(part[0]), float(part[1])
    except (TypeError, ValueError, IndexError):
        raise ValueError(f"({code}) has no number where lat or lon should be") from None
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"({code}) lies outside the globe; convert to WGS 84 (EPSG:4326)")
    return [round(lon, DIGITS), round(lat, DIGITS)]
