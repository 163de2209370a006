"""Hear a text: a report, a word of the contract, or the answer to the last question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from mohalla.foundation import identifiers
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.submission import Submission
from mohalla.foundation.text import clean, guess_language
from mohalla.stages.access.actions import intake, obey, said
from mohalla.stages.access.actions.accept import TEXT_LIMIT, accept
from mohalla.stages.access.actions.converse import Wanted, answer, conversation_of
from mohalla.stages.access.actions.heard import Heard, current, latest
from mohalla.stages.access.models import Conversation
from mohalla.stages.access.rules.dialogue import PLACE, meaning, still_open
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

DAY = timedelta(days=1)
MOST_WRONG = 5  # of ten thousand


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
    if not any(char.isprintable() and not char.isspace() for char in heard.text):
        # nothing to read in it; the question that was open stays open
        answer(
            number=number, conversation=conversation, wanted=Wanted(key="empty"),
            dedup_key=str(key), at=at,
        )  # fmt: skip
        return
    if heard.meant.act == "report" and not conversation.language_chosen:
        _speak(conversation, guessed)
    if heard.meant.act in {"answer", "yes", "no", "report"}:
        _ask(conversation, "", at)  # answered, or passed over: it is not asked a second time
    wanted = _ACTS.get(heard.meant.act, _report)(heard)
    if wanted is None:
        return
    if wanted.ask:
        _ask(conversation, wanted.ask, at)
    conversation.refresh_from_db()
    answer(number=number, conversation=conversation, wanted=wanted, dedup_key=str(key), at=at)


def _ask(conversation: Conversation, question: str, at: datetime) -> None:
    """The question that is open from now on; `heard.conversation` still says what was open."""
    Conversation.objects.filter(pk=conversation.pk).update(
        awaiting=question, asked_at=at if question else None
    )


def _speak(conversation: Conversation, language: str) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(language=language)
    conversation.language = language


def _report(heard: Heard) -> Wanted | None:
    if heard.repeats is not None:
        known = latest(heard)
        if known is not None and reports.opened(known.report, known.report.body) == heard.text:
            return Wanted(key="linked", case=known)
    case = _accepted(heard, danger=None)
    place = said.place_in(heard.text, at=heard.at)
    if place is not None:
        said.put_place(case=case, place=place, at=heard.at)
        return intake.placed(case, fresh=True)
    return Wanted(key="received_ask_place", case=case, ask="place")


def _accepted(heard: Heard, *, danger: bool | None) -> Case:
    done = accept(
        submission=Submission(
            door="sms",
            language=heard.conversation.language,
            text=heard.text[:TEXT_LIMIT],
            danger=danger,
            contact=intake.wish_for(heard.number),
            idempotency_key=f"sms-{heard.key}",
        ),
        at=heard.at,
        body_hash="sms",
    )
    Conversation.objects.filter(pk=heard.conversation.pk).update(report_id=done.report)
    case = Case.objects.select_related("report", "unit").get(pk=done.report)
    if heard.text[TEXT_LIMIT:]:
        casework.say(case=case, text=heard.text[TEXT_LIMIT:], door="sms", at=heard.at, owes=False)
    return case


def _answer(heard: Heard) -> Wanted | None:
    case = current(heard)
    if case is None:
        return _report(heard)
    awaiting, choice = heard.conversation.awaiting, heard.meant.argument
    if awaiting in PLACE:
        return _place(heard, case)
    if awaiting == "matter":
        return intake.answered_matter(case, choice=choice, at=heard.at)
    if awaiting == "hours":
        return intake.answered_hours(case, number=heard.number, choice=choice, at=heard.at)
    casework.say(case=case, text=heard.text, door="sms", at=heard.at)
    return Wanted(key="message_added", case=case)


def _place(heard: Heard, case: Case) -> Wanted:
    """The words are kept whatever they are: beside the place they may say more."""
    place = said.place_in(heard.text, at=heard.at)
    casework.say(case=case, text=heard.text, door="sms", at=heard.at, owes=place is None)
    if place is not None:
        said.put_place(case=case, place=place, at=heard.at)
        return intake.placed(case, fresh=False)
    if heard.conversation.awaiting == "place":
        return Wanted(key="ask_place_again", case=case, ask="place_again")
    if case.danger:
        return Wanted(key="message_added", case=case)
    return Wanted(key="added_ask_danger", case=case, ask="danger")


def _yes(heard: Heard) -> Wanted | None:
    return _decided(heard, yes=True)


def _no(heard: Heard) -> Wanted | None:
    return _did_not_ask(heard) or _decided(heard, yes=False)


def _did_not_ask(heard: Heard) -> Wanted | None:
    """NO to the notice of a withdrawal: kept as words for whoever makes the independent call.

    It undoes nothing by itself, so that who has the phone cannot undo her own wish either.
    """
    case = said.named_case(heard.meant.argument, heard.number) if heard.meant.argument else None
    if case is None or case.withdrawal_asked_at is None:
        return None
    casework.say(case=case, text=heard.text, door="sms", at=heard.at)
    return Wanted(key="message_added", case=case) if case.sensitivity == "C1" else said.status(case)


def _decided(heard: Heard, *, yes: bool) -> Wanted | None:
    case = current(heard)
    if case is None:
        return Wanted(key="help")
    if heard.conversation.awaiting == "danger":
        return intake.answered_danger(case, danger=yes, at=heard.at)
    if case.sensitivity != "C1" and not _signs(case, heard.meant.digits, heard.at):
        asked = heard.conversation.awaiting  # still open: it may come again, signed
        return Wanted(key="status_receipt_needed", case=case, ask=asked)
    try:
        if heard.conversation.awaiting == "contact":
            casework.answer_contact(case=case, spoke=yes, door="sms", at=heard.at)
            return Wanted(key="contact_confirmed" if yes else "contact_denied", case=case)
        if heard.conversation.awaiting == "reconciled":
            return _holds(heard, case, yes)
        if yes:
            casework.confirm(case=case, door="sms", at=heard.at, reason=heard.meant.reason)
        else:
            casework.dispute(case=case, door="sms", at=heard.at, reason=heard.meant.reason)
    except (casework.NothingProposed, casework.NothingAsked, casework.FollowUpRefused):
        return said.status(case)
    return None  # the event itself tells: kept, or who has it now


def _holds(heard: Heard, case: Case, yes: bool) -> Wanted | None:
    """Asked alone whether the settlement holds."""
    casework.hear_follow_up(case=case, holds=yes, by="reporter", door="sms", at=heard.at)
    if heard.meant.reason:
        casework.say(case=case, text=heard.meant.reason, door="sms", at=heard.at)
    return Wanted(key="reconciled_holds", case=case) if yes else None


def _person(heard: Heard) -> Wanted | None:
    case = latest(heard)
    if case is None:
        return _report(replace(heard, repeats=None))
    casework.say(case=case, text=heard.text, door="sms", at=heard.at)
    if case.sensitivity != "C1":  # the phone opens nothing: somebody independent calls
        casework.owe_private_call(case=case, at=heard.at)
    return Wanted(key="person", case=case)


def _sos(heard: Heard) -> Wanted | None:
    """The words are a report with danger now; the alarm at the desk comes first."""
    return Wanted(key="sos", case=_accepted(heard, danger=True), ask="place")


def _signs(case: Case, digits: str, at: datetime) -> bool:
    """Whether these are the last digits of the receipt.

    Whoever holds another's phone cannot go on guessing: after some wrong ones no signature by text
    counts for a day; the receipt still opens the page.
    """
    if not digits or casework.wrong_signatures(case=case, since=at - DAY) >= MOST_WRONG:
        return False
    receipt = identifiers.receipt_for(case.report.pk, case.report.receipt_version)
    if compare_digest(receipt[-len(digits) :], digits):
        return True
    casework.note_answer(case=case, what=casework.WRONG_SIGNATURE, door="sms", at=at)
    return False


_ACTS: dict[str, Callable[[Heard], Wanted | None]] = {
    "report": _report, "answer": _answer, "yes": _yes, "no": _no, "person": _person, "sos": _sos,
    "status": obey.status, "receipt": obey.receipt, "safe": obey.safe, "stop": obey.stop,
    "start": obey.start, "lang": obey.language, "help": obey.help,
}  # fmt: skip
