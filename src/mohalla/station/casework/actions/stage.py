"""Move a case along its stages."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.station.casework.models import Case, StageMove
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.queries import category_of
from mohalla.station.casework.rules import stages


def move(*, case: Case, to: str, by: str, at: datetime, why: str = "") -> Case:
    """One move as a row; the same stage again changes nothing. Raises the errors of `stages`."""
    category = category_of(case)
    if case.stage == to:
        return case
    stages.check(category.matter if category else None, now=case.stage, to=to, why=why)
    sealed = case.sensitivity != "C1" and bool(why)
    with transaction.atomic():
        StageMove.objects.create(
            case=case, from_stage=case.stage, to_stage=to, at=at, by=by,
            why=seal.seal(why) if sealed else why, sealed=sealed,
        )  # fmt: skip
        Case.objects.filter(pk=case.pk).update(stage=to, moved_at=at)
        case.stage, case.moved_at = to, at
        ledger.record(what=f"stage {to}", room=ROOM, subject=case.reference, by=by, at=at)
    return case


def why_text(row: StageMove) -> str:
    """The reason of a move, opened."""
    return seal.unseal(row.why) if row.sealed else row.why


def move_forward(*, case: Case, to: str, by: str, at: datetime) -> Case:
    """Move only where `to` lies ahead: an act that comes late does not turn a case back."""
    category = category_of(case)
    track = stages.track(category.matter if category else None)
    if to in track and case.stage in track and track.index(to) > track.index(case.stage):
        return move(case=case, to=to, by=by, at=at)
    return case
