"""Categories, clocks, outcomes, messages, lawful doors: data that a province can change.

`catalogue.get()` is the installation's catalogue; `catalogue.category(code)`, `.message(...)`,
`.search(...)` and the names of stages, promises and states are shortcuts to it.
"""

from __future__ import annotations

from mohalla.foundation.catalogue.entries import (
    Addressee,
    Category,
    Door,
    Grievance,
    Group,
    Holder,
    MatterKind,
    OutcomeKind,
    Right,
    Sensitivity,
    Step,
    Way,
)
from mohalla.foundation.catalogue.errors import (
    CatalogueError,
    MissingValue,
    UnknownCategory,
    UnknownMessage,
)
from mohalla.foundation.catalogue.loading import Catalogue, get, load

__all__ = [
    "Addressee",
    "Catalogue",
    "CatalogueError",
    "Category",
    "Door",
    "Grievance",
    "Group",
    "Holder",
    "MatterKind",
    "MissingValue",
    "OutcomeKind",
    "Right",
    "Sensitivity",
    "Step",
    "UnknownCategory",
    "UnknownMessage",
    "Way",
    "category",
    "get",
    "load",
    "message",
    "promise_name",
    "search",
    "stage_name",
    "state_name",
]


def category(code: str) -> Category:
    """`get().category(code)`"""
    return get().category(code)


def message(key: str, language: str, **values: object) -> str:
    """`get().message(key, language, ...)`"""
    return get().message(key, language, **values)


def search(query: str, language: str | None = None, limit: int = 8) -> list[Category]:
    """`get().search(query)`"""
    return get().search(query, language, limit)


def stage_name(code: str, language: str, *, neutral: bool = False) -> str:
    """`get().stage_name(code, language)`"""
    return get().stage_name(code, language, neutral=neutral)


def promise_name(kind: str, language: str) -> str:
    """`get().promise_name(kind, language)`"""
    return get().promise_name(kind, language)


def state_name(state: str, language: str) -> str:
    """`get().state_name(state, language)`"""
    return get().state_name(state, language)
