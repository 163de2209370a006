"""A colleague gets the desk's key from one who holds it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from mohalla.foundation.keys.actions.refused import KeyRefused, note_desk
from mohalla.foundation.keys.models import DeskKey, DeskKeyBox, OfficerKey
from mohalla.foundation.keys.rules import holding
from mohalla.foundation.units import queries as units


def give_desk_key(
    *, officer: int, desk_key: UUID, to: UUID, sealed: str, at: datetime
) -> DeskKeyBox:
    """`to`: the officer key of somebody who works at the desk. Raises `KeyRefused`."""
    with transaction.atomic():
        held = DeskKeyBox.objects.filter(
            desk_key=OuterRef("pk"), officer_key__officer=officer, ended_at=None
        )
        # what this officer does not hold is not even looked at: as if it did not exist
        known = DeskKey.objects.select_for_update().filter(Exists(held), pk=desk_key)
        key = known.first()
        if key is None:
            raise KeyRefused("not yours")
        members = holding.members(units.directory(), key.unit_id, at)
        if officer not in members:
            raise KeyRefused("not yours")
        theirs = OfficerKey.objects.filter(pk=to, revoked_at=None, officer__in=members).first()
        if key.retired_at is not None or theirs is None:
            raise KeyRefused("meanwhile")
        try:
            with transaction.atomic():
                box = DeskKeyBox.objects.create(
                    desk_key=key, officer_key=theirs, sealed=sealed, given_by_id=officer,
                    given_at=at,
                )  # fmt: skip
        except IntegrityError:
            raise KeyRefused("have") from None
        note_desk("desk key given", key, officer, at, to=theirs.officer_id)
    return box
