"""Say yes or no; the yes that makes two bodies does the act, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from mohalla.foundation import seal
from mohalla.foundation.approvals import acts, queries
from mohalla.foundation.approvals.actions.ask import ApprovalRefused
from mohalla.foundation.approvals.models import Answer, Approval
from mohalla.foundation.approvals.rules import hands
from mohalla.foundation.approvals.rules.hands import Hand
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.units import queries as units


def answer(
    *, approval: Approval, hand: Hand, yes: bool, seen: str, at: datetime, why: str = ""
) -> Approval:
    """`seen` is the digest of what the person read before answering.

    Raises `ApprovalRefused`, and whatever the act itself refuses with: then nothing is stored.
    """
    with transaction.atomic():
        row = Approval.objects.select_for_update().get(pk=approval.pk)
        asked = queries.asked(row, at=at)
        own = not yes and hand.officer == row.asked_by_id and asked.state == hands.WAITING
        why_not = "" if own else _against(row, asked, hand, at)
        if why_not:
            raise ApprovalRefused(why_not)
        if seen != queries.digest_of(row) or seen != _recorded(row):
            raise ApprovalRefused("changed")
        Answer.objects.create(
            approval=row, officer_id=hand.officer, unit_id=hand.unit, yes=yes, at=at,
            why=seal.seal(why) if row.sealed and why else why,
        )  # fmt: skip
        ledger.record(
            what="approval given" if yes else "approval refused", room=row.room,
            subject=row.subject, by=f"officer:{hand.officer}", at=at, act=row.act,
            approval=str(row.pk), unit=hand.unit, digest=seen,
        )  # fmt: skip
        agreed = (*asked.hands, hand)
        if yes and hands.enough(units.directory(), agreed, bodies=settings.APPROVAL_BODIES):
            _do(row, at)
    return row


def _against(row: Approval, asked: hands.Asked, hand: Hand, at: datetime) -> str:
    return hands.agreeing(
        units.directory(),
        units.barred(room=row.room, subject=row.subject),
        asked,
        hand,
        at,
        bodies=settings.APPROVAL_BODIES,
    )


def _do(row: Approval, at: datetime) -> None:
    """Once: the row is ours, and says from now on that it was done."""
    if not Approval.objects.filter(pk=row.pk, done_at=None).update(done_at=at):
        raise ApprovalRefused(hands.DONE)
    row.done_at = at
    acts.get(row.act).do(row, at)


def _recorded(row: Approval) -> str:
    """The digest that stands in the ledger since it was asked."""
    entry = Entry.objects.filter(
        room=row.room, subject=row.subject, what="approval asked", facts__approval=str(row.pk)
    ).first()
    return str(entry.facts["digest"]) if entry else ""
