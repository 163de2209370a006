"""The words of the contract that ask for something of the dialogue itself."""

from __future__ import annotations

from mohalla.channels.sms import actions as sms
from mohalla.foundation import identifiers
from mohalla.foundation.reports.models import Contact, Report
from mohalla.stages.access.actions import said
from mohalla.stages.access.actions.converse import Wanted
from mohalla.stages.access.actions.heard import Heard, latest
from mohalla.stages.access.models import Conversation
from mohalla.station.casework import actions as casework


def status(heard: Heard) -> Wanted | None:
    case = said.named_case(heard.meant.argument, heard.number) if heard.meant.argument else None
    case = case or (None if heard.meant.argument else latest(heard))
    if case is None:
        return Wanted(key="status_unknown")
    return said.status(case)


def receipt(heard: Heard) -> Wanted | None:
    """Of a plain matter only: whoever holds a phone, or has its number, may not be who wrote."""
    case = latest(heard)
    if case is None:
        return Wanted(key="status_unknown")
    if case.sensitivity != "C1" or not _filed_here(case.report, heard.number):
        return Wanted(key="receipt_refused", case=case)
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    return Wanted(key="receipt", case=case, receipt=identifiers.spoken(receipt))


def safe(heard: Heard) -> Wanted | None:
    case = latest(heard)
    if case is None:
        return Wanted(key="help")
    casework.say(case=case, text=heard.text, door="sms", at=heard.at)
    return Wanted(key="safe", case=case)


def stop(heard: Heard) -> Wanted | None:
    """What waits for a safe hour is taken back too: silence means silence."""
    Conversation.objects.filter(pk=heard.conversation.pk).update(stopped=True)
    sms.cancel_to(number=heard.number, at=heard.at)
    return Wanted(key="stopped")


def start(heard: Heard) -> Wanted | None:
    Conversation.objects.filter(pk=heard.conversation.pk).update(stopped=False)
    return Wanted(key="started")


def language(heard: Heard) -> Wanted | None:
    chosen = heard.meant.argument
    if not chosen:
        return Wanted(key="language_choose")
    Conversation.objects.filter(pk=heard.conversation.pk).update(
        language=chosen, language_chosen=True
    )
    return Wanted(key="language_set")


def help(heard: Heard) -> Wanted | None:
    return Wanted(key="help")


def _filed_here(report: Report, number: str) -> bool:
    """The receipt goes by SMS only to the number from which the report itself came.

    A number that was given later is somebody's word: a slip in it would be a stranger's phone.
    """
    first = Contact.objects.filter(report=report).order_by("added_at", "pk").first()
    came = identifiers.contact_lookup(number)
    return report.door == "sms" and first is not None and first.lookup == came
