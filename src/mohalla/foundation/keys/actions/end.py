"""What is held ends: with a posting, a suspension, a passkey, a key; at once, with the news of it.

The sealed text of an ended box stays in its row and is given out to nobody.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from mohalla.foundation.keys.actions.refused import KeyRefused, note, note_desk
from mohalla.foundation.keys.models import DeskKey, DeskKeyBox, KeyBox, OfficerKey, RecoveryShare
from mohalla.foundation.units import queries as units


def end_boxes_at(*, officer: int, unit: int, why: str, at: datetime) -> int:
    """A posting ended: nothing of that desk is given to the officer any more; how many boxes."""
    with transaction.atomic():
        if any(row.unit == unit for row in units.directory().postings_of(officer, at)):
            return 0  # another posting at the same desk goes on
        return _end(officer, why, at, desk_key__unit=unit)


def end_boxes_of(*, officer: int, why: str, at: datetime) -> int:
    """Suspended: of all desks, and the shares of others; how many boxes."""
    with transaction.atomic():
        for share in RecoveryShare.objects.filter(
            holder_key__officer=officer, ended_at=None, desk_key__retired_at=None
        ).select_related("desk_key"):
            RecoveryShare.objects.filter(pk=share.pk).update(ended_at=at)
            note_desk("desk key share ended", share.desk_key, None, at, holder=officer, why=why)
        return _end(officer, why, at)


def end_behind_passkey(*, passkey: UUID, officer: int, at: datetime) -> None:
    """A passkey was removed: the box behind it ends, and with the last box the key itself."""
    with transaction.atomic():
        boxes = KeyBox.objects.filter(passkey=passkey, ended_at=None, key__revoked_at=None)
        for box in boxes.select_related("key"):
            KeyBox.objects.filter(pk=box.pk).update(ended_at=at)
            note("officer key box ended", box.key_id, None, at, why="passkey")
            if not box.key.boxes.filter(ended_at=None).exists():
                revoke_officer_key(officer=officer, why="passkey", by=None, at=at)


def revoke_officer_key(*, officer: int, why: str, by: int | None, at: datetime) -> bool:
    """Lost, or its last box is gone; with it go the boxes of the desks. False: there is none."""
    with transaction.atomic():
        key = OfficerKey.objects.filter(officer=officer, revoked_at=None).first()
        if key is None:
            return False
        end_boxes_of(officer=officer, why="key", at=at)
        key.boxes.filter(ended_at=None).update(ended_at=at)
        OfficerKey.objects.filter(pk=key.pk).update(revoked_at=at, revoked_why=why)
        note("officer key revoked", key.pk, by, at, why=why)
    return True


def revoke_desk_key(*, unit: int, why: str, at: datetime) -> DeskKey:
    """From now on nothing new is sealed to it; what is sealed stays open to those who hold it.

    A newer version is made in the browser of one of them: the server has no private half.
    """
    with transaction.atomic():
        key = DeskKey.objects.filter(unit=unit, retired_at=None, revoked_at=None).first()
        if key is None:
            raise KeyRefused("not yours")
        key.revoked_at, key.revoked_why = at, why
        key.save(update_fields=["revoked_at", "revoked_why"])
        note_desk("desk key revoked", key, None, at)
    return key


def _end(officer: int, why: str, at: datetime, **only: int) -> int:
    boxes = DeskKeyBox.objects.filter(officer_key__officer=officer, ended_at=None, **only)
    found = list(boxes.select_related("desk_key"))
    for box in found:
        DeskKeyBox.objects.filter(pk=box.pk).update(ended_at=at, ended_why=why)
        note_desk("desk key box ended", box.desk_key, None, at, holder=officer, why=why)
    return len(found)
