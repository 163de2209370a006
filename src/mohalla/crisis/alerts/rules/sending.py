"""Who may send an alert, and when a second person is needed. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

A_DAY: Final = 3
"""Alerts to one area in 24 hours, danger not counted: whoever is told too much ends it."""
JUNIOR: Final = frozenset({"constable", "head_constable"})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An alert as the rule sees it; ids. `listeners`: subscriptions of its areas. `told`: alerts that
    each area has had in 24 hours."""

    state: str
    urgent: bool
    areas: frozenset[int]
    listeners: int
    written_by: int
    unit: int
    told: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sender:
    """Whoever presses the button. `covers`: mohallas of the sender's desks; `heads`: units that the
    sender heads; `relatives` of the writer."""

    officer: int
    rank: str
    covers: frozenset[int]
    heads: frozenset[int]
    above: frozenset[int] = frozenset()  # units over the one that wrote it
    relatives: Collection[int] = ()


def second_needed(wanted: Wanted, *, alone: int) -> bool:
    """Whether it takes two people."""
    return not wanted.urgent and wanted.listeners > alone


def why_not(wanted: Wanted, sender: Sender, *, alone: int) -> str:
    """state | area | tired | junior | second | head | related, or empty: it goes out."""
    if wanted.state != "waits":
        return "state"
    if not wanted.areas or not wanted.areas <= sender.covers:
        return "area"
    if not wanted.urgent and any(count >= A_DAY for count in wanted.told):
        return "tired"
    if wanted.urgent:
        return "junior" if sender.rank in JUNIOR else ""
    if not second_needed(wanted, alone=alone):
        return ""
    if sender.officer == wanted.written_by:
        return "second"
    if not sender.heads & ({wanted.unit} | sender.above):
        return "head"
    return "related" if sender.officer in sender.relatives else ""
