"""An officer's own key, as the browser made it, and further boxes for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from mohalla.foundation.keys.actions.refused import KeyRefused, note
from mohalla.foundation.keys.models import KeyBox, OfficerKey
from mohalla.foundation.people.models import Passkey


@dataclass(frozen=True, kw_only=True)
class Box:
    """The private half, sealed behind this passkey, or (None) behind a phrase."""

    sealed: str
    passkey: UUID | None = None


def make_officer_key(
    *, officer: int, recipient: str, boxes: Sequence[Box], at: datetime
) -> OfficerKey:
    """Raises `KeyRefused`: `have`, `passkey`."""
    if not boxes:
        raise KeyRefused("passkey")
    try:
        with transaction.atomic():
            key = OfficerKey.objects.create(officer_id=officer, recipient=recipient, made_at=at)
            for box in boxes:
                _put(key, box, at)
            note("officer key made", key.pk, officer, at, words=recipient)
    except IntegrityError:
        raise KeyRefused("have") from None
    return key


def add_box(*, officer: int, box: Box, at: datetime) -> KeyBox:
    """Another passkey, or a new phrase in place of the last. Raises `KeyRefused`."""
    with transaction.atomic():
        key = OfficerKey.objects.select_for_update().filter(officer=officer, revoked_at=None)
        mine = key.first()
        if mine is None:
            raise KeyRefused("not yours")
        mine.boxes.filter(passkey=box.passkey, ended_at=None).update(ended_at=at)
        made = _put(mine, box, at)
        note("officer key box made", mine.pk, officer, at, kind=made.kind)
    return made


def _put(key: OfficerKey, box: Box, at: datetime) -> KeyBox:
    if box.passkey is not None:
        mine = Passkey.objects.filter(
            pk=box.passkey, account__officer=key.officer_id, prf=True, removed_at=None
        )
        if not mine.exists():
            raise KeyRefused("passkey")
    kind = KeyBox.Kind.PASSKEY if box.passkey else KeyBox.Kind.PHRASE
    return KeyBox.objects.create(
        key=key, kind=kind, passkey_id=box.passkey, sealed=box.sealed, made_at=at
    )
