"""Let go of requests for a new receipt and of places in calls, by the table of `jobs.retention`."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation.jobs.retention import TABLE
from mohalla.stages.access.models import Call, ReceiptClaim
from mohalla.stages.access.rules.claims import ANSWER


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
