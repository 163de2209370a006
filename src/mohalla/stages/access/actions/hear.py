"""Hear a text: a report, a word of the contract, or the answer to the last question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from mohalla.foundation import identifiers
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Contact, Report
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.foundation.text import clean, guess_language
from mohalla.stages.access.actions import said
from mohalla.stages.access.actions.accept import TEXT_LIMIT, accept
from mohalla.stages.access.actions.converse import Wanted, answer, conversation_of
from mohalla.stages.access.models import Conversation
from mohalla.stages.access.rules.dialogue import PLACE, Meaning, meaning, still_open
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One text of one phone, with its dialogue."""

    key: UUID
    number: str
    text: str
    repeats: UUID | None
    at: datetime
    conversation: Conversation
    meant: Meaning


def hear(*, key: UUID, number: str, text: str, repeats: UUID | None, at: datetime) -> None:
    """Called inside the transaction that marks the text as handled: all of it or nothing."""
    guessed = guess_language(text) if text.strip() else "ur"
    conversation = conversation_of(number, language=guessed)
    conversation.awaiting = still_open(conversation.awaiting, conversation.asked_at, at)
    heard = Heard(
        key=key,
        number=number,
        text=clean(text),
        repeats=repeats,
        at=at,
        conversation=conversation,
        meant=meaning(text, awaiting=conversation.awaiting),
    )
    if heard.meant.act == "report" and not conversation.language_chosen:
        _speak(conversation, guessed)
    wanted = _ACTS.get(heard.meant.act, _report)(heard)
    if wanted is None:
        return
    if wanted.ask or heard.meant.act in {"answer", "yes", "no", "report"}:
        Conversation.objects.filter(pk=conversation.pk).update(
            awaiting=wanted.ask, asked_at=at if wanted.ask else None
        )
    conversation.refresh_from_db()
    answer(number=number, conversation=conversation, wanted=wanted, dedup_key=str(key), at=at)


def _speak(conversation: Conversation, language: str) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(language=language)
    conversation.language = language


def _report(heard: Heard) -> Wanted | None:
    if not heard.text.strip():
        return Wanted(key="empty")
    if heard.repeats is not None:
        known = _latest(heard)
        if known is not None and reports.opened(known.report, known.report.body) == heard.text:
            return Wanted(key="linked", case=known)
    done = accept(
        submission=Submission(
            door="sms",
            language=heard.conversation.language,
            text=heard.text[:TEXT_LIMIT],
            contact=ContactWish(kind="phone", value=heard.number),
            idempotency_key=f"sms-{heard.key}",
        ),
        at=heard.at,
        body_hash="sms",
    )
    Conversation.objects.filter(pk=heard.conversation.pk).update(report_id=done.report)
    place = said.place_in(heard.text, at=heard.at)
    case = Case.objects.select_related("report", "unit").get(pk=done.report)
    if place is not None:
        said.put_place(case=case, place=place, at=heard.at)
        return Wanted(key="received", case=case)
    return Wanted(key="received_ask_place", case=case, ask="place")


def _answer(heard: Heard) -> Wanted | None:
    case = _current(heard)
    if case is None:
        return _report(heard)
    if heard.conversation.awaiting in PLACE:
        place = said.place_in(heard.text, at=heard.at)
        if place is None:
            casework.say(case=case, text=heard.text, door="sms", at=heard.at)
            if heard.conversation.awaiting == "place":
                return Wanted(key="ask_place_again", case=case, ask="place_again")
            return Wanted(key="message_added", case=case)
        said.put_place(case=case, place=place, at=heard.at)
        return Wanted(key="place_found", case=case)
    casework.say(case=case, text=heard.text, door="sms", at=heard.at)
    return Wanted(key="message_added", case=case)


def _yes(heard: Heard) -> Wanted | None:
    return _decided(heard, yes=True)


def _no(heard: Heard) -> Wanted | None:
    return _decided(heard, yes=False)


def _decided(heard: Heard, *, yes: bool) -> Wanted | None:
    case = _current(heard)
    if case is None:
        return Wanted(key="help")
    if case.sensitivity != "C1" and not _signs(case.report, heard.meant.digits):
        return Wanted(key="status_receipt_needed", case=case)
    try:
        if heard.conversation.awaiting == "contact":
            casework.answer_contact(case=case, spoke=yes, door="sms", at=heard.at)
            return Wanted(key="contact_confirmed" if yes else "contact_denied", case=case)
        if yes:
            casework.confirm(case=case, door="sms", at=heard.at)
        else:
            casework.dispute(case=case, door="sms", at=heard.at, reason=heard.meant.reason)
    except (casework.NothingProposed, casework.NothingAsked):
        return said.status(case)
    return None  # the event itself tells: kept, or who has it now


def _status(heard: Heard) -> Wanted | None:
    case = said.named_case(heard.meant.argument, heard.number) if heard.meant.argument else None
    case = case or (None if heard.meant.argument else _latest(heard))
    if case is None:
        return Wanted(key="status_unknown")
    return said.status(case)


def _receipt(heard: Heard) -> Wanted | None:
    case = _latest(heard)
    if case is None:
        return Wanted(key="status_unknown")
    if not _filed_here(case.report, heard.number):
        return Wanted(key="receipt_refused", case=case)
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    return Wanted(key="receipt", case=case, receipt=identifiers.spoken(receipt))


def _person(heard: Heard) -> Wanted | None:
    case = _latest(heard)
    if case is None:
        return _report(replace(heard, repeats=None))
    casework.say(case=case, text=heard.text, door="sms", at=heard.at)
    return Wanted(key="person", case=case)


def _sos(heard: Heard) -> Wanted | None:
    """The words are a report with danger now; the alarm at the desk comes first."""
    done = accept(
        submission=Submission(
            door="sms",
            language=heard.conversation.language,
            text=heard.text,
            danger=True,
            contact=ContactWish(kind="phone", value=heard.number),
            idempotency_key=f"sms-{heard.key}",
        ),
        at=heard.at,
        body_hash="sms",
    )
    Conversation.objects.filter(pk=heard.conversation.pk).update(report_id=done.report)
    case = Case.objects.select_related("report", "unit").get(pk=done.report)
    return Wanted(key="sos", case=case, ask="place")


def _safe(heard: Heard) -> Wanted | None:
    case = _latest(heard)
    if case is None:
        return Wanted(key="help")
    casework.say(case=case, text=heard.text, door="sms", at=heard.at)
    return Wanted(key="safe", case=case)


def _stop(heard: Heard) -> Wanted | None:
    Conversation.objects.filter(pk=heard.conversation.pk).update(stopped=True)
    return Wanted(key="stopped")


def _start(heard: Heard) -> Wanted | None:
    Conversation.objects.filter(pk=heard.conversation.pk).update(stopped=False)
    return Wanted(key="started")


def _language(heard: Heard) -> Wanted | None:
    chosen = heard.meant.argument
    if not chosen:
        return Wanted(key="language_choose")
    Conversation.objects.filter(pk=heard.conversation.pk).update(
        language=chosen, language_chosen=True
    )
    return Wanted(key="language_set")


def _help(heard: Heard) -> Wanted | None:
    return Wanted(key="help")


def _latest(heard: Heard) -> Case | None:
    found = reports.of_phone(heard.number, limit=1)
    return _case(found[0]) if found else None


def _current(heard: Heard) -> Case | None:
    report = heard.conversation.report
    return _case(report) if report is not None else _latest(heard)


def _case(report: Report) -> Case:
    return Case.objects.select_related("report", "unit").get(pk=report.pk)


def _signs(report: Report, digits: str) -> bool:
    receipt = identifiers.receipt_for(report.pk, report.receipt_version)
    return bool(digits) and receipt.endswith(digits)


def _filed_here(report: Report, number: str) -> bool:
    """The receipt goes by SMS only to the number from which the report itself came."""
    lookup = identifiers.contact_lookup(number)
    return report.door == "sms" and Contact.objects.filter(report=report, lookup=lookup).exists()


_ACTS: dict[str, Callable[[Heard], Wanted | None]] = {
    "report": _report, "answer": _answer, "yes": _yes, "no": _no, "status": _status,
    "receipt": _receipt, "person": _person, "sos": _sos, "safe": _safe, "stop": _stop,
    "start": _start, "lang": _language, "help": _help,
}  # fmt: skip
