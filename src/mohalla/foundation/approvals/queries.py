"""Requests: for whoever is asked, for whoever asked, and of one matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from mohalla.foundation import seal
from mohalla.foundation.approvals.models import Answer, Approval
from mohalla.foundation.approvals.rules import hands
from mohalla.foundation.approvals.rules.digests import digest
from mohalla.foundation.approvals.rules.hands import Asked, Hand
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.models import Barred
from mohalla.foundation.units.rules.viewer import Viewer

MOST = 100
GRAVEST = "C3"


class ApprovalHidden(Exception):
    """Does not exist, or is not this person's: the same thing to the one who asks."""


def of_matter(*, room: str, subject: str) -> list[Approval]:
    """Everything that was asked about one matter, in order, with its answers."""
    rows = Approval.objects.filter(room=room, subject=subject).order_by("asked_at", "pk")
    return list(rows.prefetch_related("answers"))


def waiting_of(*, room: str, subject: str, at: datetime) -> list[Approval]:
    """What still waits for an answer."""
    return [
        row for row in of_matter(room=room, subject=subject) if state(row, at=at) == hands.WAITING
    ]


def state(row: Approval, *, at: datetime) -> str:
    """waiting | refused | expired | done."""
    refused = any(not said.yes for said in row.answers.all())
    return hands.state(
        done=row.done_at is not None, refused=refused, expires_at=row.expires_at, at=at
    )


def asked(row: Approval, *, at: datetime) -> Asked:
    """As the rules see it."""
    own = (
        (Hand(officer=row.asked_by_id, unit=row.asked_for_id),)
        if row.asked_by_id is not None and row.asked_for_id is not None
        else ()
    )
    yes = tuple(Hand(officer=said.officer_id, unit=said.unit_id)
                for said in row.answers.order_by("at", "pk") if said.yes)  # fmt: skip
    return Asked(
        hands=own + yes,
        outside=row.sensitivity in {GRAVEST, ""},
        of_unit=row.asked_of_id,
        state=state(row, at=at),
    )


def digest_of(row: Approval) -> str:
    """Of act, matter and arguments as the row stands now."""
    return digest(act=row.act, room=row.room, subject=row.subject, arguments=row.arguments)


def reason_of(row: Approval) -> str:
    return seal.unseal(row.reason) if row.sealed else row.reason


def why_of(row: Approval, said: Answer) -> str:
    return seal.unseal(said.why) if row.sealed and said.why else said.why


def hand_for(row: Approval, viewer: Viewer, *, at: datetime) -> Hand | None:
    """The unit for which this person may agree now; None: may not."""
    directory, excluded = units.directory(), units.barred(room=row.room, subject=row.subject)
    now = asked(row, at=at)
    for unit in sorted(viewer.units):
        hand = Hand(officer=viewer.officer, unit=unit)
        if not hands.agreeing(directory, excluded, now, hand, at, bodies=settings.APPROVAL_BODIES):
            return hand
    return None


def waiting_for(viewer: Viewer, *, at: datetime) -> list[Approval]:
    """What waits for this person's yes, the first to expire first."""
    rows = _open(at).filter(Q(asked_of__in=viewer.units) | Q(asked_of=None))
    return [row for row in rows[:MOST] if hand_for(row, viewer, at=at) is not None]


def asked_by(viewer: Viewer) -> list[Approval]:
    """What this person asked for, the latest first."""
    rows = Approval.objects.filter(asked_by=viewer.officer).order_by("-asked_at")
    return list(rows.prefetch_related("answers")[:MOST])


def approval_for(viewer: Viewer, key: UUID, *, at: datetime) -> Approval:
    """The one door: for whoever asked or answered and still works there, and whoever may agree now.

    Raises `ApprovalHidden`. What is hidden is not loaded: one statement, as for what does not exist.
    """
    row = _near(viewer).filter(pk=key).prefetch_related("answers").first()
    if row is None or not (_own(row, viewer) or hand_for(row, viewer, at=at) is not None):
        raise ApprovalHidden(str(key))
    return row


def _near(viewer: Viewer) -> QuerySet[Approval]:
    """Asked by, for or of the viewer's desks, or of everybody, in matters that are not barred."""
    barred = Barred.objects.filter(
        room=OuterRef("room"), subject=OuterRef("subject"), officer_id=viewer.officer
    )
    answered = Answer.objects.filter(approval=OuterRef("pk"), unit__in=viewer.units)
    asked_here = Q(asked_for__in=viewer.units) | Q(asked_of__in=viewer.units)
    of_everybody = Q(asked_of=None) if viewer.units else Q(pk__in=[])
    return Approval.objects.filter(asked_here | of_everybody | Exists(answered)).exclude(
        Exists(barred)
    )


def _own(row: Approval, viewer: Viewer) -> bool:
    """Asked or answered by this person, for a desk where this person still works."""
    hands_given = {(row.asked_by_id, row.asked_for_id)}
    hands_given |= {(said.officer_id, said.unit_id) for said in row.answers.all()}
    return any((viewer.officer, unit) in hands_given for unit in viewer.units)


def may_be_asked(
    *, room: str, subject: str, by: Hand, outside: bool, at: datetime
) -> Iterable[int]:
    """Units where somebody works who could agree with this person about this matter."""
    directory, excluded = units.directory(), units.barred(room=room, subject=subject)
    for unit in directory.units:
        one = Asked(hands=(by,), outside=outside, of_unit=unit, state=hands.WAITING)
        there = {row.officer for row in directory.postings_at(unit, at)}
        if any(
            not hands.agreeing(directory, excluded, one, Hand(officer=officer, unit=unit), at,
                               bodies=settings.APPROVAL_BODIES)
            for officer in there
        ):  # fmt: skip
            yield unit


def _open(at: datetime) -> QuerySet[Approval]:
    rows = Approval.objects.filter(done_at=None, expires_at__gt=at).exclude(answers__yes=False)
    return rows.order_by("expires_at").prefetch_related("answers")
