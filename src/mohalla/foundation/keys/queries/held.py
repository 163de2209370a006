"""What one officer's browser needs to open the desks' keys; nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

from mohalla.foundation.keys.models import DeskKey, DeskKeyBox, KeyBox, OfficerKey
from mohalla.foundation.keys.rules.phrase import SHOWN
from mohalla.foundation.people.models import Passkey


@dataclass(frozen=True, kw_only=True)
class OwnBox:
    """The officer's key behind a passkey (named as browsers name it) or a phrase."""

    kind: str
    sealed: str
    credential: str = ""
    transports: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Version:
    """`sealed`: to the officer's key for the newest, to the next version's key for an older."""

    id: str
    version: int
    recipient: str
    sealed: str


@dataclass(frozen=True, kw_only=True)
class DeskChain:
    """One desk: its newest version that this officer holds, then the older ones, newest first."""

    unit: int
    versions: list[Version]


@dataclass(frozen=True, kw_only=True)
class Held:
    recipient: str = ""
    boxes: list[OwnBox] = field(default_factory=list)
    desks: list[DeskChain] = field(default_factory=list)

    def wire(self) -> dict[str, Any]:
        """For the page, as JSON: sealed texts and public halves only."""
        return asdict(self)

    @property
    def shown_phrase(self) -> str:
        """What opens the boxes of the demonstration; for its pages alone."""
        return SHOWN

    @property
    def kinds(self) -> set[str]:
        return {box.kind for box in self.boxes}


def held_by(officer: int, units: Iterable[int]) -> Held:
    """`units`: the desks where the officer is posted now, and nothing else: four statements."""
    key = OfficerKey.objects.filter(officer=officer, revoked_at=None).first()
    if key is None:
        return Held()
    boxes = key.boxes.filter(ended_at=None, passkey__removed_at=None).select_related("passkey")
    mine = DeskKeyBox.objects.filter(
        officer_key=key, ended_at=None, desk_key__unit__in=list(units), desk_key__retired_at=None
    ).select_related("desk_key")
    open_boxes = {box.desk_key.unit_id: box for box in mine}
    return Held(
        recipient=key.recipient,
        boxes=[_own(box, box.passkey) for box in boxes.order_by("made_at")],
        desks=_chains(open_boxes),
    )


def lies_only_behind(passkey: UUID) -> bool:
    """Whether an officer's key would end with this passkey."""
    box = KeyBox.objects.filter(passkey=passkey, ended_at=None, key__revoked_at=None).first()
    return box is not None and box.key.boxes.filter(ended_at=None).count() == 1


def _own(box: KeyBox, passkey: Passkey | None) -> OwnBox:
    return OwnBox(
        kind=box.kind,
        sealed=box.sealed,
        credential=passkey.credential if passkey else "",
        transports=list(passkey.transports) if passkey else [],
    )


def _chains(boxes: dict[int, DeskKeyBox]) -> list[DeskChain]:
    known: dict[int, list[DeskKey]] = {}
    if boxes:
        for row in DeskKey.objects.filter(unit__in=boxes).order_by("unit", "-version"):
            known.setdefault(row.unit_id, []).append(row)
    return [
        DeskChain(unit=unit, versions=_versions(boxes[unit], rows)) for unit, rows in known.items()
    ]


def _versions(box: DeskKeyBox, rows: list[DeskKey]) -> list[Version]:
    found, sealed = [], box.sealed
    for row in rows:
        if not sealed:
            break  # older ones are lost
        found.append(
            Version(id=str(row.pk), version=row.version, recipient=row.recipient, sealed=sealed)
        )
        sealed = row.older_sealed
    return found
