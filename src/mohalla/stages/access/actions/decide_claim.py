"""The end of a request for a new receipt: granted, refused, or objected to by the old holder."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from mohalla.channels.sms import actions as sms
from mohalla.foundation import seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.promises import actions as promises
from mohalla.foundation.promises.models.promise import State
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.text import clean
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.stages.access.actions.converse import Wanted, tell
from mohalla.stages.access.models import ReceiptClaim
from mohalla.stages.access.models.claim import Decision
from mohalla.stages.access.queries import claims as queries
from mohalla.stages.access.rules.claims import why_not
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM

ANOTHER = "another request was granted"


class ClaimRefused(Exception):
    """`reason`: ended, early, own, same_desk, words. Nothing changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def grant(*, claim: ReceiptClaim, case: Case, viewer: Viewer, reason: str, at: datetime) -> None:
    """The old receipt opens nothing from now on, and the old phone hears nothing more; other open
    requests end. With the new receipt she says how to reach her (docs/adr/0013).

    Not before the wait is over: the holder of the old receipt must have had time to say no.
    """
    _may(case, viewer, reason)
    if at < claim.opens_at:
        raise ClaimRefused("early")
    by = viewer.by
    with transaction.atomic():
        _end(claim, case, Decision.GRANTED, by=by, at=at, officer=viewer.officer, reason=reason)
        try:
            report = reports.renew_receipt(report=case.report, by=by, at=at)
        except reports.RenewedMeanwhile:
            raise ClaimRefused("ended") from None
        ReceiptClaim.objects.filter(pk=claim.pk).update(version=report.receipt_version)
        for other in queries.open_of(case):
            _end(
                other, case, Decision.REFUSED, by=by, at=at, officer=viewer.officer, reason=ANOTHER
            )
        # whoever held the old receipt may hold the old phone: one last word goes there, no more
        sms.cancel_news(subject=case.reference, at=at)
        wanted = Wanted(key="receipt_renewed", case=case)
        tell(case=case, wanted=wanted, event=f"renewed:{report.receipt_version}", at=at)
        reports.remove_contacts(report=case.report, by=by, at=at)


def refuse(*, claim: ReceiptClaim, case: Case, viewer: Viewer, reason: str, at: datetime) -> None:
    """At any time; what is told to the one who asked waits until the answer is due."""
    _may(case, viewer, reason)
    with transaction.atomic():
        _end(
            claim, case, Decision.REFUSED, by=viewer.by, at=at, officer=viewer.officer,
            reason=reason,
        )  # fmt: skip


def object_to_claims(*, case: Case, at: datetime) -> int:
    """The holder of the old receipt says that it was somebody else; how many requests ended."""
    with transaction.atomic():
        found = queries.open_of(case)
        for claim in found:
            _end(claim, case, Decision.OBJECTED, by="reporter", at=at)
    return len(found)


def _may(case: Case, viewer: Viewer, reason: str) -> None:
    refused = why_not(
        units.directory(),
        officer=viewer.officer,
        desks=viewer.units,
        has_case=(case.unit_id, case.officer_id),
        filed_by=case.report.filed_by_id,
    )
    if refused:
        raise ClaimRefused(refused)
    if not reason.strip():
        raise ClaimRefused("words")


def _end(
    claim: ReceiptClaim, case: Case, decision: Decision, *, by: str, at: datetime,
    officer: int | None = None, reason: str = "",
) -> None:  # fmt: skip
    changed = ReceiptClaim.objects.filter(pk=claim.pk, decided_at=None).update(
        decision=decision,
        decided_at=at,
        decided_by_id=officer,
        reason=seal.seal(clean(reason)) if reason else "",
    )
    if not changed:
        raise ClaimRefused("ended")
    owed = queries.running(claim)
    if owed is not None:
        state = State.ENDED if decision == Decision.OBJECTED else State.KEPT
        with suppress(promises.AlreadyEnded):  # it was late
            promises.end(promise=owed, state=state, by=by, at=at, reason=decision)
    ledger.record(
        what=f"new receipt {decision}", room=ROOM, subject=case.reference, by=by, at=at
    )  # fmt: skip
