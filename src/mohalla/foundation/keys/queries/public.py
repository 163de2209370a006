"""Public halves: what new things are sealed to, and where the register holds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mohalla.foundation.keys.models import DeskKey
from mohalla.foundation.ledger.models import Entry

MADE = ("desk key made", "desk key rotated")


@dataclass(frozen=True, kw_only=True)
class DeskKeyFact:
    """A key in force."""

    id: UUID
    unit: int
    recipient: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Published:
    """A key in force as anybody may compare it; `position`: place of its making in the register,
    None for the seconds until it is laid there."""

    key: DeskKeyFact
    since: datetime
    position: int | None


def in_force(units: Iterable[int]) -> dict[int, DeskKeyFact]:
    """By unit, those of `units` that have one: one statement."""
    rows = DeskKey.objects.filter(unit__in=list(units), retired_at=None, revoked_at=None)
    return {row.unit_id: _fact(row) for row in rows}


def published() -> list[Published]:
    """All in force, by desk: two statements."""
    rows = list(DeskKey.objects.filter(retired_at=None, revoked_at=None).order_by("unit"))
    made = Entry.objects.filter(
        room="keys", subject__in=[str(row.pk) for row in rows],
        what__in=MADE,
    )  # fmt: skip
    places = dict(made.values_list("subject", "position"))
    return [
        Published(key=_fact(row), since=row.made_at, position=places.get(str(row.pk)))
        for row in rows
    ]


def making_of(key: UUID) -> Entry | None:
    """The act that made a key which is in force."""
    if not DeskKey.objects.filter(pk=key, retired_at=None, revoked_at=None).exists():
        return None
    made = Entry.objects.filter(room="keys", subject=str(key))
    return made.filter(what__in=MADE).first()


def replaced() -> list[DeskKey]:
    """Keys in force that are not those which were made: somebody wrote them in by hand."""
    rows = DeskKey.objects.filter(retired_at=None, revoked_at=None).select_related("unit")
    acts = Entry.objects.filter(room="keys", what__in=MADE).values_list("subject", "facts")
    made = {subject: facts.get("words") for subject, facts in acts}
    return [row for row in rows if made.get(str(row.pk)) != row.recipient]


def _fact(row: DeskKey) -> DeskKeyFact:
    return DeskKeyFact(id=row.pk, unit=row.unit_id, recipient=row.recipient, version=row.version)
