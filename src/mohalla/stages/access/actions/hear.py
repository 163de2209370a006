"""Hear a text: a report, a word of the contract, or the answer to the last question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from mohalla.foundation import catalogue
from mohalla.foundation.catalogue import Step
from mohalla.foundation.text import clean, guess_language
from mohalla.stages.access.actions import acts, guards
from mohalla.stages.access.actions.area import is_invited
from mohalla.stages.access.actions.converse import Wanted, answer, conversation_of
from mohalla.stages.access.actions.heard import Heard
from mohalla.stages.access.models import Conversation
from mohalla.stages.access.rules.dialogue import (
    DECISIONS,
    TELL,
    VERDICT,
    follow,
    meaning,
    still_open,
)

ANSWERS = DECISIONS | {"answer", "report"}  # after these no question is open, unless one follows


def hear(*, key: UUID, number: str, text: str, repeats: UUID | None, at: datetime) -> None:
    """Called inside the transaction that marks the text as handled: all of it or nothing."""
    guessed = guess_language(text) if text.strip() else "ur"
    conversation = conversation_of(number, language=guessed)
    step = still_open(_steps().get(conversation.awaiting), conversation.asked_at, at)
    heard = Heard(
        key=key,
        number=number,
        text=clean(text),
        repeats=repeats,
        at=at,
        conversation=conversation,
        meant=meaning(text, step),
        step=step.code if step else "",
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
    if heard.meant.act in ANSWERS:
        ask(conversation, "", at)  # answered, or passed over: it is not asked a second time
    wanted = taken(heard)
    if wanted.ask:
        ask(conversation, wanted.ask, at)
    if wanted.key:
        conversation.refresh_from_db()
        answer(number=number, conversation=conversation, wanted=wanted, dedup_key=str(key), at=at)


def heard_as(*, number: str, text: str, at: datetime) -> None:
    """Hear a text that came by no carrier, and say nothing back."""
    conversation = conversation_of(number, language="ur")
    meant = meaning(text, None)
    taken(
        Heard(
            key=uuid4(), number=number, text=clean(text), repeats=None, at=at,
            conversation=conversation, meant=meant,
        )
    )  # fmt: skip


def taken(heard: Heard) -> Wanted:
    """Do what the words ask for, and say what follows; every door comes here."""
    asked = _asked(heard)
    came = acts.ACTS[asked.act](heard)
    way = (_steps()[came.of] if came.of else asked).ways[came.outcome]
    to = follow(
        _steps(),
        way,
        opened=heard.step,
        holds=lambda guard: guards.holds(guard, came.case, door=heard.door),
    )
    return Wanted(
        key=to.says, case=came.case, receipt=came.receipt, ask=to.step, due=came.due,
        count=came.count,
    )  # fmt: skip


def _asked(heard: Heard) -> Step:
    """The step or word whose act is done."""
    if heard.meant.act == "report":
        return _steps()[TELL]
    if heard.meant.act in DECISIONS:
        open_step = _steps().get(heard.step)
        if open_step is None and is_invited(heard):
            return catalogue.get().words["invited"]
        return open_step if open_step and open_step.takes == "yes_no" else _steps()[VERDICT]
    if heard.meant.act == "answer":
        return _steps()[heard.step]
    return catalogue.get().words[heard.meant.act]


def _steps() -> Mapping[str, Step]:
    return catalogue.get().steps


def ask(conversation: Conversation, question: str, at: datetime) -> None:
    """The question that is open from now on; `heard.step` still says what was open."""
    Conversation.objects.filter(pk=conversation.pk).update(
        awaiting=question, asked_at=at if question else None
    )


def _speak(conversation: Conversation, language: str) -> None:
    Conversation.objects.filter(pk=conversation.pk).update(language=language)
    conversation.language = language
