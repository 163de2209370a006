"""Reads: keys to seal to, what an officer's browser needs, and how it stands at the desks."""

from mohalla.foundation.keys.queries.desks import (
    Due,
    asked_of,
    desks,
    drills,
    due,
    keepers_for,
    newest,
)
from mohalla.foundation.keys.queries.held import Held, held_by, lies_only_behind
from mohalla.foundation.keys.queries.public import (
    DeskKeyFact,
    Published,
    in_force,
    making_of,
    published,
    replaced,
)

__all__ = [
    "DeskKeyFact",
    "Due",
    "Held",
    "Published",
    "asked_of",
    "desks",
    "drills",
    "due",
    "held_by",
    "in_force",
    "keepers_for",
    "lies_only_behind",
    "making_of",
    "newest",
    "published",
    "replaced",
]
