"""Ask for an act that needs two bodies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from mohalla.foundation import seal
from mohalla.foundation.approvals import queries
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.approvals.rules import hands
from mohalla.foundation.approvals.rules.digests import digest
from mohalla.foundation.approvals.rules.hands import Hand
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.units import queries as units

OPEN = "C1"
OPERATOR = "operator"


class ApprovalRefused(Exception):
    """`reason` as in `rules/hands`, or words, waiting, changed. Nothing changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def ask(
    *,
    act: str,
    room: str,
    subject: str,
    arguments: dict[str, Any],
    reason: str,
    hand: Hand | None,
    of_unit: int | None,
    at: datetime,
    sensitivity: str = OPEN,
) -> Approval:
    """One open request for one act on one matter. `hand` None: the keeper of the machine asks.

    Raises `ApprovalRefused`.
    """
    if not reason.strip():
        raise ApprovalRefused("words")
    if hand is not None:
        excluded = units.barred(room=room, subject=subject)
        why_not = hands.asking(units.directory(), excluded, hand, at)
        if why_not:
            raise ApprovalRefused(why_not)
    sealed = sensitivity != OPEN
    with transaction.atomic():
        if any(row.act == act for row in queries.waiting_of(room=room, subject=subject, at=at)):
            raise ApprovalRefused("waiting")
        row = Approval.objects.create(
            act=act, room=room, subject=subject, sensitivity=sensitivity, arguments=arguments,
            reason=seal.seal(reason) if sealed else reason, sealed=sealed,
            asked_by_id=hand.officer if hand else None, asked_for_id=hand.unit if hand else None,
            asked_of_id=of_unit, asked_at=at, expires_at=at + hands.LIFE,
        )  # fmt: skip
        ledger.record(
            what="approval asked", room=room, subject=subject, at=at,
            by=f"officer:{hand.officer}" if hand else OPERATOR, act=act, approval=str(row.pk),
            digest=digest(act=act, room=room, subject=subject, arguments=arguments),
        )  # fmt: skip
    return row
