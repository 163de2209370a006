"""The words of the contract that ask for something of the dialogue itself."""

from __future__ import annotations

from mohalla.channels.notices import actions as notices
from mohalla.channels.sms import actions as sms
from mohalla.foundation import identifiers
from mohalla.foundation.reports.models import Contact, Report
from mohalla.stages.access.actions import said
from mohalla.stages.access.actions.heard import Came, Heard, latest
from mohalla.stages.access.models import Conversation

PHONES = frozenset({"sms", "ussd", "voice"})  # doors where a number is known


def status(heard: Heard) -> Came:
    case = said.named_case(heard.meant.argument, heard.number) if heard.meant.argument else None
    case = case or (None if heard.meant.argument else latest(heard))
    if case is None:
        return Came(outcome="unknown")
    return Came(outcome=said.openness(case), case=case)


def receipt(heard: Heard) -> Came:
    """Of a plain matter only: whoever holds a phone, or has its number, may not be who wrote."""
    case = latest(heard)
    if case is None:
        return Came(outcome="unknown")
    here = heard.filed == case.pk  # who holds the line is who told it
    if not here and (case.sensitivity != "C1" or not _filed_here(case.report, heard.number)):
        return Came(outcome="refused", case=case)
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    return Came(outcome="given", case=case, receipt=identifiers.spoken(receipt))


def stop(heard: Heard) -> Came:
    """What waits for a safe hour is taken back too: silence means silence."""
    Conversation.objects.filter(pk=heard.conversation.pk).update(stopped=True)
    sms.cancel_to(number=heard.number, at=heard.at)
    notices.unsubscribe(door="sms", address=heard.number)
    return Came(outcome="done")


def start(heard: Heard) -> Came:
    Conversation.objects.filter(pk=heard.conversation.pk).update(stopped=False)
    return Came(outcome="done")


def language(heard: Heard) -> Came:
    chosen = heard.meant.argument
    if not chosen:
        return Came(outcome="which")
    Conversation.objects.filter(pk=heard.conversation.pk).update(
        language=chosen, language_chosen=True
    )
    return Came(outcome="done")


def help(heard: Heard) -> Came:
    return Came(outcome="done")


def _filed_here(report: Report, number: str) -> bool:
    """The receipt goes by SMS only to the number from which the report itself came.

    A number that was given later is somebody's word: a slip in it would be a stranger's phone.
    """
    first = Contact.objects.filter(report=report).order_by("added_at", "pk").first()
    came = identifiers.contact_lookup(number)
    return report.door in PHONES and first is not None and first.lookup == came
