"""Reading the data files: every table and every error with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from mohalla.foundation.catalogue.errors import CatalogueError
from mohalla.foundation.catalogue.shapes import SECTIONS

_LANGUAGE_NAMES = {"en": "English", "ur": "Urdu", "ps": "Pashto", "ur-Latn": "Roman Urdu"}
_NOUNS = {"categories": "category", "stages": "stage", "promises": "promise", "states": "state"}
_AT_LINE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One table `[section.code]` and its place."""

    section: str
    code: str
    row: Any
    file: str
    source: str

    @property
    def noun(self) -> str:
        """`category 'theft'`"""
        singular = _NOUNS.get(self.section, self.section.removesuffix("s"))
        return f"{singular} '{self.code}'"

    def error(self, problem: str, mend: str, *path: str) -> CatalogueError:
        """An error about this entry, at the line of the key `path` or of its header."""
        line = line_of(self.source, self.section, self.code, *path)
        return CatalogueError(self.file, line, f"{self.noun} {problem}", mend)


Entries = dict[str, dict[str, Entry]]


def read(folder: Path) -> Entries:
    """All tables of all `*.toml` in a folder by section and code; raises CatalogueError."""
    entries: Entries = {section: {} for section in SECTIONS}
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise CatalogueError(
            str(folder), 0, "holds no catalogue", "set MOHALLA_PROVINCE to a folder of catalogue/"
        )
    for path in files:
        source = _source(path)
        for entry in _entries(path.name, source):
            earlier = entries[entry.section].get(entry.code)
            if earlier is not None:
                raise entry.error(f"stands in {earlier.file} already", "keep one of the two")
            entries[entry.section][entry.code] = entry
    return entries


def line_of(source: str, section: str, code: str, *path: str) -> int:
    """The line (from 1) of `path` inside `[section.code]`, of its parent or the header."""
    header = re.compile(rf"\s*\[\s*{re.escape(section)}\s*\.\s*[\"']?{re.escape(code)}[\"']?\s*\]")
    lines = source.splitlines()
    start = next((n for n, line in enumerate(lines) if header.match(line)), None)
    if start is None:
        bare = re.compile(rf"\s*\[\s*{re.escape(section)}\s*\]")
        start = next((n for n, line in enumerate(lines) if bare.match(line)), None)
        if start is None:
            return 1
        path = (code, *path)
    end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith("[")), len(lines))
    for depth in range(len(path), 0, -1):
        key = r"\s*\.\s*".join(rf"[\"']?{re.escape(part)}[\"']?" for part in path[:depth])
        wanted = re.compile(rf"\s*{key}\s*[.=]")
        for number in range(start + 1, end):
            if wanted.match(lines[number]):
                return number + 1
    return start + 1


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise CatalogueError(path.name, line, "is not UTF-8", "save the file as UTF-8") from None


def _entries(file: str, source: str) -> Iterator[Entry]:
    try:
        tables: Mapping[str, Any] = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else source.count("\n") + 1
        problem = f"is not TOML: {str(error).split(' (at')[0]}"
        raise CatalogueError(file, line, problem, "mend the line or the one above it") from None
    for section, rows in tables.items():
        if section not in SECTIONS or not isinstance(rows, dict):
            top = re.search(rf"^[ \t]*\[?[ \t]*{re.escape(section)}\b", source, re.M)
            line = source[: top.start()].count("\n") + 1 if top else 1
            known = ", ".join(SECTIONS)
            raise CatalogueError(file, line, f"unknown section '{section}'", f"use one of {known}")
        for code, raw in rows.items():
            yield _checked(Entry(section, code, raw, file, source), SECTIONS[section])


def _checked(entry: Entry, shape: type[BaseModel]) -> Entry:
    try:
        row = shape.model_validate(entry.row)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        path = tuple(str(part) for part in first["loc"])
        problem, mend = _in_words(first["type"], path, str(first["msg"]))
        raise entry.error(problem, mend, *path) from None
    return Entry(entry.section, entry.code, row, entry.file, entry.source)


def _in_words(kind: str, path: tuple[str, ...], said: str) -> tuple[str, str]:
    key = ".".join(path)
    if kind in ("missing", "string_too_short") and path and path[-1] in _LANGUAGE_NAMES:
        what = path[-2].removesuffix("s") if len(path) > 1 else "text"
        verb = "add" if kind == "missing" else "fill"
        return f"has no {_LANGUAGE_NAMES[path[-1]]} {what}", f"{verb} {key}"
    if kind == "missing":
        return f"has no {path[0]}", f"add {key}"
    if kind == "extra_forbidden":
        return f"has an unknown key '{key}'", "take it out or correct its spelling"
    return f"has a wrong {key}", said[:1].lower() + said[1:]
