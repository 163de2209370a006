"""How it stands with the keys at the desks: who holds, who waits, what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from mohalla.foundation.keys.models import (
    DeskKey,
    DeskKeyBox,
    OfficerKey,
    OpenedShare,
    Recovery,
    RecoveryShare,
)
from mohalla.foundation.keys.rules import holding
from mohalla.foundation.units import queries as units

REPLACED = "rotated"  # why a box ended that was replaced, not taken


@dataclass(frozen=True, kw_only=True)
class Due:
    """`reasons` as `holding.reasons` gives them; empty: all is well."""

    key: DeskKey
    reasons: list[str]
    drilled_at: datetime | None


@dataclass(kw_only=True)
class DeskKeys:
    """One desk. Officers by their ids; `members` at work have a key of their own, those of
    them who are `waiting` not yet the desk's; `keyless` have none at all."""

    unit: int
    key: DeskKey | None
    holders: list[tuple[int, DeskKeyBox]] = field(default_factory=list)
    members: list[OfficerKey] = field(default_factory=list)
    waiting: list[OfficerKey] = field(default_factory=list)
    keyless: list[int] = field(default_factory=list)
    shares: list[RecoveryShare] = field(default_factory=list)
    keepers: list[OfficerKey] = field(default_factory=list)
    recovery: Recovery | None = None
    opened: list[OpenedShare] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    drilled_at: datetime | None = None
    may_make: bool = False

    def holds(self, officer: int) -> bool:
        return any(one == officer for one, _box in self.holders)


def newest(only: Iterable[int] | None = None) -> list[DeskKey]:
    """The newest version of each desk, in force or revoked."""
    rows = DeskKey.objects.filter(retired_at=None).select_related("unit").order_by("unit")
    return list(rows if only is None else rows.filter(unit__in=list(only)))


def due(keys: list[DeskKey]) -> list[Due]:
    """Each with why it must give way and when its recovery was tried: three statements."""
    ids = [key.pk for key in keys]
    left = set(
        DeskKeyBox.objects.filter(desk_key__in=ids, ended_at__isnull=False)
        .exclude(ended_why=REPLACED)
        .values_list("desk_key", flat=True)
    )
    shares: dict[UUID, int] = {}
    for key in RecoveryShare.objects.filter(desk_key__in=ids, ended_at=None).values_list(
        "desk_key", flat=True
    ):
        shares[key] = shares.get(key, 0) + 1
    tried: dict[int, datetime] = {}
    rows = Recovery.objects.filter(desk_key__unit__in=[key.unit_id for key in keys], done=True)
    for row in rows.select_related("desk_key").order_by("ended_at"):
        tried[row.desk_key.unit_id] = row.ended_at or row.asked_at
    return [
        Due(
            key=key,
            drilled_at=tried.get(key.unit_id),
            reasons=holding.reasons(
                left=key.pk in left, revoked=key.revoked_at is not None,
                shares=shares.get(key.pk, 0), needed=key.needed,
            ),
        )
        for key in keys
    ]  # fmt: skip


def drills(*, at: datetime) -> list[Due]:
    """Desks with a recovery that was not tried for too long, counted from the making of the key."""
    known = due(newest())
    return [
        row
        for row in known
        if row.key.needed and at - (row.drilled_at or row.key.made_at) > holding.DRILL_EVERY
    ]


def keepers_for(unit: int, *, at: datetime) -> list[OfficerKey]:
    """Whose keys the shares of a new version of this desk's key are sealed to."""
    keyed = {row.officer_id: row for row in OfficerKey.objects.filter(revoked_at=None)}
    return [keyed[one] for one in holding.keepers(units.directory(), unit, keyed, at)]


def desks(only: Iterable[int], *, at: datetime) -> list[DeskKeys]:
    """One row for each unit of `only`; nine statements, however many."""
    directory, wanted = units.directory(), sorted(only)
    keyed = {row.officer_id: row for row in OfficerKey.objects.filter(revoked_at=None)}
    rows = {unit: DeskKeys(unit=unit, key=None) for unit in wanted}
    for one in due(newest(wanted)):
        row = rows[one.key.unit_id]
        row.key, row.reasons, row.drilled_at = one.key, one.reasons, one.drilled_at
    by_key = {row.key.pk: row for row in rows.values() if row.key}
    for box in _open_boxes(by_key):
        by_key[box.desk_key_id].holders.append((box.officer_key.officer_id, box))
    for share in _open_shares(by_key):
        by_key[share.desk_key_id].shares.append(share)
    _recoveries(by_key)
    for row in rows.values():
        members = sorted(holding.members(directory, row.unit, at))
        row.members = [keyed[m] for m in members if m in keyed]
        row.waiting = [one for one in row.members if not row.holds(one.officer_id)]
        row.keyless = [m for m in members if m not in keyed]
        row.keepers = [keyed[k] for k in holding.keepers(directory, row.unit, keyed, at)]
        in_force = row.key is not None and row.key.revoked_at is None
        row.may_make = holding.may_make(in_force=in_force, held=bool(row.holders))
    return list(rows.values())


def asked_of(officer: int) -> list[tuple[Recovery, RecoveryShare, bool]]:
    """Recoveries that wait for a share of this officer's, and whether it was opened already."""
    shares = RecoveryShare.objects.filter(
        holder_key__officer=officer, holder_key__revoked_at=None, ended_at=None,
        desk_key__retired_at=None, desk_key__recoveries__ended_at=None,
        desk_key__recoveries__isnull=False,
    ).select_related("desk_key")  # fmt: skip
    mine = {share.desk_key_id: share for share in shares}
    rows = Recovery.objects.filter(desk_key__in=mine, ended_at=None).select_related("asker_key")
    done = set(OpenedShare.objects.filter(share__in=mine.values()).values_list("recovery", "share"))
    return [
        (row, share, (row.pk, share.pk) in done)
        for row in rows.order_by("asked_at")
        for share in [mine[row.desk_key_id]]
    ]


def _open_boxes(keys: Iterable[UUID]) -> Iterable[DeskKeyBox]:
    rows = DeskKeyBox.objects.filter(desk_key__in=list(keys), ended_at=None)
    return rows.select_related("officer_key").order_by("given_at")


def _open_shares(keys: Iterable[UUID]) -> Iterable[RecoveryShare]:
    rows = RecoveryShare.objects.filter(desk_key__in=list(keys), ended_at=None)
    return rows.select_related("holder_key").order_by("pk")


def _recoveries(by_key: dict[UUID, DeskKeys]) -> None:
    rows = Recovery.objects.filter(desk_key__in=by_key, ended_at=None)
    for recovery in rows.select_related("asker_key"):
        by_key[recovery.desk_key_id].recovery = recovery
    for opened in OpenedShare.objects.filter(
        recovery__desk_key__in=by_key, recovery__ended_at=None
    ).select_related("share__holder_key", "recovery"):
        by_key[opened.recovery.desk_key_id].opened.append(opened)
