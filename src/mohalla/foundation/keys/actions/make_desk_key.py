"""A desk's key: the first, and each that follows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from mohalla.foundation.keys.actions.refused import KeyRefused, note_desk
from mohalla.foundation.keys.models import DeskKey, DeskKeyBox, OfficerKey, RecoveryShare
from mohalla.foundation.keys.rules import holding
from mohalla.foundation.units import queries as units


@dataclass(frozen=True, kw_only=True)
class NewDeskKey:
    """What the browser made. `boxes` and `shares` by the officer key they are sealed to."""

    recipient: str
    boxes: Mapping[UUID, str]
    shares: Mapping[UUID, str] = field(default_factory=dict)
    older_sealed: str = ""


def make_desk_key(*, officer: int, unit: int, new: NewDeskKey, at: datetime) -> DeskKey:
    """The first key of a desk, or the first after one that is lost. Raises `KeyRefused`."""
    with transaction.atomic():
        newest = _newest(unit)
        in_force = newest is not None and newest.revoked_at is None
        held = newest is not None and newest.boxes.filter(ended_at=None).exists()
        if not holding.may_make(in_force=in_force, held=held):
            raise KeyRefused("meanwhile")
        return _store(newest, unit, officer, new, at, what="desk key made")


def rotate_desk_key(*, officer: int, older: UUID, new: NewDeskKey, at: datetime) -> DeskKey:
    """A new version, by somebody who holds the one before; its boxes end. Raises `KeyRefused`."""
    with transaction.atomic():
        held = DeskKeyBox.objects.filter(
            officer_key__officer=officer, ended_at=None, desk_key__retired_at=None
        )
        # for whoever holds none of its desk's keys no version of it ever existed
        known = DeskKey.objects.filter(pk=older, unit__in=held.values("desk_key__unit")).first()
        newest = _newest(known.unit_id) if known is not None else None
        if newest is None:
            raise KeyRefused("not yours")
        if newest.pk != older or not new.older_sealed:
            raise KeyRefused("meanwhile")
        return _store(newest, newest.unit_id, officer, new, at, what="desk key rotated")


def _newest(unit: int) -> DeskKey | None:
    return DeskKey.objects.select_for_update().filter(unit=unit, retired_at=None).first()


def _store(
    newest: DeskKey | None, unit: int, officer: int, new: NewDeskKey, at: datetime, *, what: str
) -> DeskKey:
    _check(unit, officer, new, at)
    if newest is not None:
        DeskKey.objects.filter(pk=newest.pk).update(retired_at=at)
        newest.boxes.filter(ended_at=None).update(ended_at=at, ended_why="rotated")
        newest.recoveries.filter(ended_at=None).update(ended_at=at)
    try:
        with transaction.atomic():
            key = DeskKey.objects.create(
                unit_id=unit, version=newest.version + 1 if newest else 1, recipient=new.recipient,
                older_sealed=new.older_sealed, made_by_id=officer, made_at=at,
                needed=holding.NEEDED if new.shares else 0,
            )  # fmt: skip
    except IntegrityError:
        raise KeyRefused("meanwhile") from None
    DeskKeyBox.objects.bulk_create(
        DeskKeyBox(desk_key=key, officer_key_id=to, sealed=text, given_by_id=officer, given_at=at)
        for to, text in new.boxes.items()
    )
    RecoveryShare.objects.bulk_create(
        RecoveryShare(desk_key=key, holder_key_id=to, sealed=text, made_at=at)
        for to, text in new.shares.items()
    )
    note_desk(
        what, key, officer, at,
        words=new.recipient, boxes=len(new.boxes), shares=len(new.shares),
    )  # fmt: skip
    return key


def _check(unit: int, officer: int, new: NewDeskKey, at: datetime) -> None:
    """Boxes for those at the desk alone, the maker among them; shares for whom the rule names."""
    directory = units.directory()
    if unit not in directory.units:
        raise KeyRefused("not yours")
    members = holding.members(directory, unit, at)
    keyed = dict(OfficerKey.objects.filter(revoked_at=None).values_list("officer", "pk"))
    theirs = {keyed[member] for member in members if member in keyed}
    if officer not in members or keyed.get(officer) not in new.boxes:
        raise KeyRefused("not yours")
    keepers = {keyed[one] for one in holding.keepers(directory, unit, keyed, at)}
    if not set(new.boxes) <= theirs or set(new.shares) != keepers:
        raise KeyRefused("meanwhile")
