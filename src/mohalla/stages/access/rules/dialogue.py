"""What words or keys mean, given the question that is open, and what follows: pure, for every door
without pages. The questions themselves are data (`catalogue/…/dialogue.toml`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from mohalla.foundation.catalogue.entries import Step, Way
from mohalla.foundation.text import answer, ascii_digits, command, fold, words

_SIGNED = re.compile(r"^\s*(\S+)[\s,.:-]+(\d{4})\s*$")
_NUMBER = re.compile(r"\W*([1-9])\W*")
_MOST_WORDS = 5  # of an answer that names a choice
TELL, VERDICT = "tell", "verdict"  # words without a question; a yes or no without one
FORGOTTEN = timedelta(days=2)  # an open question that nobody answered is no question any more
DECISIONS = frozenset({"yes", "no"})

Steps = Mapping[str, Step]


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """`act`: one of the words of the contract in lower case, `answer`, or `report`.

    `argument` is what follows a word (a reference after STATUS, a language after LANG); `digits`
    the last four digits of a receipt after a yes or no, which sign a verdict on a confidential
    matter; `reason` the words given after a yes or no. Of a choice `argument` is its name, or empty
    where the words choose nothing.
    """

    act: str
    argument: str = ""
    digits: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Next:
    """What is said (a message key; empty: nothing by us), and the question that is open then."""

    says: str
    step: str


def still_open(step: Step | None, asked_at: datetime | None, at: datetime) -> Step | None:
    """The open question, or none: words that come days later are a new report, not its answer.

    A yes or no stays an answer for as long as the proposal waits.
    """
    old = asked_at is not None and at > asked_at + FORGOTTEN
    return None if step is not None and step.forgotten and old else step


def meaning(text: str, step: Step | None) -> Meaning:
    """The word, the answer or the report that a text is. Never an error."""
    takes = step.takes if step else ""
    signed = _SIGNED.match(ascii_digits(text))
    if signed and takes == "yes_no":
        found = command(signed[1])
        if found is not None and found.word.lower() in DECISIONS:
            return Meaning(act=found.word.lower(), digits=signed[2])
    if step and takes == "choice" and (chosen := _chosen(text, step)) is not None:
        return Meaning(act="answer", argument=chosen)
    found = (answer(text) if takes == "yes_no" else None) or command(text)
    if found is None:
        return Meaning(act="answer" if takes == "words" else "report")
    act = found.word.lower()
    if takes == "words" and (act in DECISIONS or (found.word == "ALERT" and found.rest)):
        return Meaning(act="answer")
    return Meaning(act=act, argument=found.argument, reason=found.rest)


def follow(steps: Steps, way: Way, *, opened: str, holds: Callable[[str], bool]) -> Next:
    """Where an outcome leads. `opened`: the question that was open; `holds`: whether a guard does."""
    if way.stays:
        return Next(says=way.says, step=opened)
    says, step = way.says, steps.get(way.then)
    while step is not None and step.unless and holds(step.unless):
        says = way.otherwise or step.passed
        step = steps.get(step.after)
        says = step.asks if step is not None else says
    if step is None:
        return Next(says=says, step="")
    return Next(says=says or step.asks, step=step.code)


def _chosen(text: str, step: Step) -> str | None:
    """The name of a choice; empty for a bare yes, which chooses nothing; None: no answer."""
    number = _NUMBER.fullmatch(ascii_digits(text))
    if number and int(number[1]) <= len(step.choices):
        return step.choices[int(number[1]) - 1]
    found = command(text)
    if found is not None:
        decided = found.word.lower() in DECISIONS and not found.argument
        return (step.choices[-1] if found.word == "NO" else "") if decided else None
    return _named(text, step)


def _named(text: str, step: Step) -> str | None:
    """The choice that a few words name, and no other; else None."""
    said = {fold(word) for word in words(text)}
    found = [choice for choice, named in step.named.items() if said & named]
    return found[0] if len(found) == 1 and len(words(text)) <= _MOST_WORDS else None
