"""Hear keys: the same dialogue as by text, for doors that show or speak a menu (USSD, voice)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from mohalla.channels.keyed import Pressed, Turn
from mohalla.foundation import catalogue, identifiers
from mohalla.foundation.catalogue import Step
from mohalla.foundation.reports.models import Report
from mohalla.foundation.text import ascii_digits, clean
from mohalla.stages.access.actions.acts import signs
from mohalla.stages.access.actions.converse import Wanted, conversation_of, values
from mohalla.stages.access.actions.hear import taken
from mohalla.stages.access.actions.heard import Heard, case_of, current
from mohalla.stages.access.models import Call, Conversation
from mohalla.stages.access.rules.dialogue import Meaning, meaning, still_open
from mohalla.station.casework.models import Case

MENU, BACK, QUESTION, SIGN = "main", "0", "question", "sign"
STAYING = frozenset({"menu", "unclear", "language_set", QUESTION})  # the menu's keys go on
LANGUAGES = {
    "ussd": ("ur-Latn", "en"),
    "voice": ("ur", "ps", "en"),
}  # what a screen shows, a voice says
_DIGITS = re.compile(r"\d{4}")
SIGNS = 4  # last digits of the receipt


def press(*, pressed: Pressed, at: datetime) -> Turn:
    """One turn of a call; the same turn again gives the same answer. Called inside a transaction."""
    name = f"{pressed.door}:{pressed.session}:{pressed.number}"
    key = identifiers.contact_lookup(name)
    # whoever withholds the number shares nothing with others who do
    conversation = conversation_of(pressed.number or name, language="ur")
    call, _begun = Call.objects.select_for_update().get_or_create(
        key=key,
        defaults={
            "language": _language(pressed.door, conversation.language), "said": "menu", "at": at,
        },
    )  # fmt: skip
    fresh = pressed.given[call.turn :]
    if fresh:
        # an answer may hold the sign that joins them
        heard = _heard(pressed, "*".join(fresh), call, conversation, at)
        wanted = _answered(heard, call, at)
        call.turn = len(pressed.given)
        _took(call, wanted, at)
    return _turn(pressed, call, at)


def _took(call: Call, wanted: Wanted, at: datetime) -> None:
    call.step, call.said, call.at = wanted.ask, wanted.key or "noted", at
    call.about = wanted.case.report if wanted.case else call.about
    call.save()


def _heard(
    pressed: Pressed, given: str, call: Call, conversation: Conversation, at: datetime
) -> Heard:
    text = clean(given)
    step = catalogue.get().steps.get(call.step)
    conversation.language = call.language
    return Heard(
        key=uuid5(NAMESPACE_URL, f"{call.key}:{call.turn}"),
        number=pressed.number,
        text=text,
        repeats=None,
        at=at,
        conversation=conversation,
        meant=meaning(text, step) if step else Meaning(act="report"),
        step=call.step,
        door=pressed.door,
        filed=call.filed_id,
        signed=call.signed,
        files=(pressed.recorded,) if pressed.recorded else (),
    )


def _answered(heard: Heard, call: Call, at: datetime) -> Wanted:
    """What the keys or words ask for; nothing is lost where they ask for nothing."""
    step = catalogue.get().steps.get(call.step)
    if heard.text.strip() == BACK:
        return Wanted(key="menu")
    if call.step == SIGN:
        return _sign(heard, call, at)
    if step is None:
        return _chosen(heard, call, at)
    if not heard.text.strip() and not heard.files:
        return Wanted(key="empty", ask=call.step)
    if heard.meant.act == "report" and step.takes != "words":
        return Wanted(key="unclear", ask=call.step)
    return _done(heard, call)


def _chosen(heard: Heard, call: Call, at: datetime) -> Wanted:
    """A key of the menu: a step, a word of the contract, or the question that waits for this phone."""
    book = catalogue.get()
    chosen = book.menus[MENU].keys.get(heard.text.strip(), "")
    if chosen == QUESTION:
        return _question(heard, at)
    if chosen in book.steps:
        return Wanted(key=book.steps[chosen].asks, ask=chosen)
    if chosen in book.words:
        return _done(replace(heard, meant=Meaning(act=chosen)), call)
    return Wanted(key="unclear")


def _question(heard: Heard, at: datetime) -> Wanted:
    """What waits for an answer. Of a confidential matter not even whether something does, before
    the last digits of the receipt (docs/adr/0013)."""
    case, step = current(heard), _waiting(heard.conversation, at)
    if case is not None and case.sensitivity != "C1" and not heard.signed:
        return Wanted(key=SIGN, case=case, ask=SIGN)
    if case is None or step is None:
        return Wanted(key=QUESTION)
    return Wanted(key=step.asks, case=case, ask=step.code)


def _sign(heard: Heard, call: Call, at: datetime) -> Wanted:
    """Wrong digits are counted with those of texts, and after some no more are looked at."""
    case, digits = current(heard), ascii_digits(heard.text).strip()
    right = case is not None and _DIGITS.fullmatch(digits)
    if case is None or not right or not signs(case, digits, door=heard.door, at=at):
        return Wanted(key="status_receipt_needed", case=case) if case else Wanted(key=QUESTION)
    call.signed = True
    return _question(replace(heard, signed=True), at)


def _done(heard: Heard, call: Call) -> Wanted:
    wanted = taken(heard)
    if heard.step and heard.step == heard.conversation.awaiting and not wanted.ask:
        # the question that a text had asked is answered here: it is not asked a second time
        Conversation.objects.filter(pk=heard.conversation.pk).update(awaiting="", asked_at=None)
    made = Conversation.objects.get(pk=heard.conversation.pk)
    if made.report_id != heard.conversation.report_id:
        call.filed_id = made.report_id
    if made.language_chosen:
        call.language = _language(heard.door, made.language)
    return wanted


def _waiting(conversation: Conversation, at: datetime) -> Step | None:
    step = catalogue.get().steps.get(conversation.awaiting)
    step = still_open(step, conversation.asked_at, at)
    return step if step is not None and step.takes == "yes_no" and not step.forgotten else None


def _turn(pressed: Pressed, call: Call, at: datetime) -> Turn:
    """The prompt that stands at the end of the call so far, worded anew: times move on."""
    book = catalogue.get()
    language = call.language
    if pressed.languages and language not in pressed.languages:
        language = pressed.languages[0]
    case = _case(call.about)
    step = book.steps.get(call.step)
    receipt = _receipt(call) if call.said == "receipt" else ""
    filled = values(Wanted(key=call.said, case=case, receipt=receipt), language, at)
    return Turn(
        key=call.said,
        language=language,
        values=filled,
        text=book.prompt(call.said, language, **filled),
        takes="words" if step is not None and step.takes == "words" else "keys",
        # after a report the menu stays: its receipt is given in this call only
        over=not call.step and call.filed_id is None and call.said not in STAYING,
        digits=SIGNS if call.step == SIGN else 1,
        wished=call.language if call.language != language else "",
    )


def _receipt(call: Call) -> str:
    """What the act gave; it is not kept in the row."""
    report = call.about
    if report is None:
        return ""
    return identifiers.spoken(identifiers.receipt_for(report.pk, report.receipt_version))


def _case(report: Report | None) -> Case | None:
    return case_of(report) if report is not None else None


def _language(door: str, wished: str) -> str:
    """The language of the phone, as far as this door has it."""
    known = LANGUAGES[door]
    if wished in known:
        return wished
    return "ur-Latn" if door == "ussd" and wished in {"ur", "ps"} else known[0]
