"""A reporter who does not answer: asked twice more, then closed as what it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.foundation import events, identifiers
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Report
from mohalla.station.casework import queries
from mohalla.station.casework.actions.call_back import call_after_silence
from mohalla.station.casework.actions.verdict import close
from mohalla.station.casework.events import AskedAgain
from mohalla.station.casework.models import Outcome
from mohalla.station.casework.models.case import Closing
from mohalla.station.casework.models.outcome import Verdict
from mohalla.station.casework.rules import outcomes

CALLED = 10  # one in ten is called by another unit, which may reopen


def ask_again(*, at: datetime) -> int:
    """C1 only, and only where she may be written to; safe to run at any time, any number of times."""
    touched = 0
    for outcome in queries.waiting_for_silence(at):
        assert outcome.asked_at is not None
        if _not_to_be_written_to(outcome.case.report):
            continue  # it rests open on the independent desk's review list
        with transaction.atomic():
            if outcomes.silence_ends(outcome.asked_at, at):
                Outcome.objects.filter(pk=outcome.pk, verdict="").update(
                    verdict=Verdict.SILENT, verdict_at=at
                )
                close(case=outcome.case, closing=Closing.UNCONFIRMED, by="system", at=at)
                if identifiers.drawn(outcome.case_id, one_in=CALLED):
                    call_after_silence(case=outcome.case, at=at)
                touched += 1
                continue
            due = outcomes.reminders_due(outcome.asked_at, at)
            if due > outcome.reminders:
                Outcome.objects.filter(pk=outcome.pk).update(reminders=due)
                events.publish(
                    AskedAgain(case=outcome.case_id, outcome=outcome.pk, reminder=due, at=at)
                )
                touched += 1
    return touched


def _not_to_be_written_to(report: Report) -> bool:
    """She said so when she told us, or took the contact back later."""
    contact = reports.contact_of(report)
    if contact is None:
        return report.contacts.exists()
    return contact.way == "none"
