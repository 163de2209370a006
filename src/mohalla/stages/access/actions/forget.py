"""Let go of what is past its time, by the table of `jobs.retention`."""

from __future__ import annotations

from datetime import datetime, timedelta

from mohalla.foundation.jobs.retention import TABLE
from mohalla.stages.access.models import Call, Journey, ReceiptClaim, Rehearsal, SafetyCard
from mohalla.stages.access.rules.claims import ANSWER

UNCONFIRMED = timedelta(days=7)


def forget_claims(*, at: datetime) -> int:
    """What was decided, and what meant no report, past its time; open requests stay."""
    before = TABLE["request for a receipt"].before(at)
    done, _each = ReceiptClaim.objects.filter(decided_at__lt=before).delete()
    nobody, _each = ReceiptClaim.objects.filter(
        report=None, looked_at__isnull=False, opens_at__lt=before - ANSWER
    ).delete()
    return done + nobody


def forget_calls(*, at: datetime) -> int:
    """Where a call stood that nobody goes on with."""
    done, _each = Call.objects.filter(at__lt=TABLE["place in a call"].before(at)).delete()
    return done


def forget_help(*, at: datetime) -> int:
    """Old trials, cards and journeys; a card for a phone that never said yes."""
    old = (
        Rehearsal.objects.filter(begun_at__lt=TABLE["trial of a path to help"].before(at)),
        SafetyCard.objects.filter(at__lt=TABLE["safety card"].before(at)),
        SafetyCard.objects.filter(confirmed_at=None, at__lt=at - UNCONFIRMED).exclude(phone=""),
        Journey.objects.filter(ended_at__lt=TABLE["ended journey"].before(at)),
    )
    return sum(rows.delete()[0] for rows in old)
