"""A desk gets its key back: asked, opened share by share, put together by who asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from mohalla.foundation.keys.actions.refused import KeyRefused, note_desk
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


def ask_recovery(*, officer: int, unit: int, drill: bool, at: datetime) -> Recovery:
    """By somebody who works at the desk and has a key of their own. Raises `KeyRefused`."""
    with transaction.atomic():
        key = DeskKey.objects.filter(unit=unit, retired_at=None, needed__gt=0).first()
        own = OfficerKey.objects.filter(officer=officer, revoked_at=None).first()
        if key is None or own is None or not _works_there(key, officer, at):
            raise KeyRefused("not yours")
        try:
            with transaction.atomic():
                row = Recovery.objects.create(
                    desk_key=key, asker_id=officer, asker_key=own, drill=drill, asked_at=at
                )
        except IntegrityError:
            raise KeyRefused("have") from None
        note_desk("desk key recovery asked", key, officer, at, drill=drill)
    return row


def open_share(*, officer: int, recovery: UUID, sealed: str, at: datetime) -> OpenedShare:
    """Its keeper seals the share anew, to the key of who asked. Raises `KeyRefused`."""
    with transaction.atomic():
        shares = RecoveryShare.objects.filter(holder_key__officer=officer, ended_at=None)
        row = _open(recovery, at, desk_key__in=shares.values("desk_key"))
        share = shares.get(desk_key=row.desk_key_id)
        try:
            with transaction.atomic():
                opened = OpenedShare.objects.create(
                    recovery=row, share=share, sealed=sealed, opened_at=at
                )
        except IntegrityError:
            raise KeyRefused("have") from None
        note_desk(
            "desk key share opened", row.desk_key, officer, at, asker=row.asker_id, drill=row.drill
        )
    return opened


def finish(*, officer: int, recovery: UUID, sealed: str, at: datetime) -> Recovery:
    """Who asked has put it together: a box of their own, or after a drill nothing but the date."""
    with transaction.atomic():
        row = _open(recovery, at, asker=officer)
        if row.opened.count() < row.desk_key.needed:
            raise KeyRefused("meanwhile")
        if not row.drill:
            _own_box(row, sealed, at)
        _end(row, done=True, at=at)
        what = "desk key drill" if row.drill else "desk key recovered"
        note_desk(what, row.desk_key, officer, at)
    return row


def end_recovery(*, officer: int, recovery: UUID, at: datetime) -> None:
    """Not wanted any more: by who asked, or by anybody who works at the desk."""
    with transaction.atomic():
        directory = units.directory()
        here = {row.unit for row in directory.postings_of(officer, at)}
        mine = [unit for unit in here if officer in holding.members(directory, unit, at)]
        found = Recovery.objects.select_related("desk_key")
        row = found.filter(pk=recovery, ended_at=None, desk_key__unit__in=mine).first()
        if row is None:
            raise KeyRefused("not yours")
        _end(row, done=False, at=at)
        note_desk("desk key recovery ended", row.desk_key, officer, at)


def _own_box(row: Recovery, sealed: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            DeskKeyBox.objects.create(
                desk_key=row.desk_key, officer_key_id=row.asker_key_id, sealed=sealed,
                given_by_id=row.asker_id, given_at=at,
            )  # fmt: skip
    except IntegrityError:
        raise KeyRefused("have") from None


def _open(recovery: UUID, at: datetime, **whose: Any) -> Recovery:
    """One that goes on, whose asker may still have the key. Raises `KeyRefused`.

    `whose`: what makes it the officer's; without that it is not looked at, as if it did not exist.
    """
    found = Recovery.objects.select_for_update(of=("self",)).select_related("desk_key", "asker_key")
    row = found.filter(pk=recovery, ended_at=None, **whose).first()
    if row is None:
        raise KeyRefused("not yours")
    gone = row.asker_key.revoked_at is not None or row.desk_key.retired_at is not None
    if gone or not _works_there(row.desk_key, row.asker_id, at):
        raise KeyRefused("not yours")
    return row


def _works_there(key: DeskKey, officer: int, at: datetime) -> bool:
    return officer in holding.members(units.directory(), key.unit_id, at)


def _end(row: Recovery, *, done: bool, at: datetime) -> None:
    """What was opened for it has done its work: it is not kept."""
    row.opened.all().delete()
    row.ended_at, row.done = at, done
    row.save(update_fields=["ended_at", "done"])
