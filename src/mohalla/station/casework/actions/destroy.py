"""Destroy what was said, after a withdrawal of free will: the record that it was said stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import events
from mohalla.foundation.approvals.actions import ApprovalRefused
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.reports import actions as reports
from mohalla.station.casework.actions.withdrawal import WAIT
from mohalla.station.casework.events import WordsDestroyed
from mohalla.station.casework.models import Case, Note
from mohalla.station.casework.models.case import ROOM, Closing


def check_destroy(case: Case) -> None:
    """Withdrawn by her, 72 hours gone by, called in private: as the ledger has it, not as a flag says.

    Raises `ApprovalRefused("not_withdrawn")`.
    """
    acts = Entry.objects.filter(room=ROOM, subject=case.reference).order_by("at", "pk")
    asked = acts.filter(what="withdrawal asked", by="reporter").last()
    called = acts.filter(what="withdrawal of free will").last()
    if (
        case.closing != Closing.WITHDRAWN
        or case.closed_at is None
        or asked is None
        or called is None
        or called.at < asked.at + WAIT
    ):
        raise ApprovalRefused("not_withdrawn")


def destroy_words(*, case: Case, by: str, at: datetime, approval: str) -> None:
    """Her words, files, name and number are gone, and the words in which the desk retold them.

    What stays: that there was a report, its stages and promises, and the books that the law
    demands (FIR, roznamcha, a refusal in writing).
    """
    check_destroy(case)
    with transaction.atomic():
        reports.destroy(report=case.report, at=at)
        Note.objects.filter(case=case).update(text="", sealed=False)
        case.attempts.update(note="", sealed=False)
        case.moves.update(why="", sealed=False)
        case.outcomes.update(what_done="", reason="", verdict_reason="", sealed=False)
        ledger.record(
            what="words destroyed", room=ROOM, subject=case.reference, by=by, at=at,
            approval=approval,
        )  # fmt: skip
        events.publish(WordsDestroyed(case=case.pk, at=at))
