"""What a text means, given the question that is open: pure, the same for every text door."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from mohalla.foundation.text import answer, ascii_digits, command
from mohalla.stages.access.rules.hours import part_of_day

_SIGNED = re.compile(r"^\s*(\S+)[\s,.:-]+(\d{4})\s*$")
_CHOICE = re.compile(r"\W*([1-4])\W*")
YES_NO = frozenset({"danger", "contact", "verdict", "reconciled"})
MENU = frozenset({"matter", "hours"})
INTAKE = MENU | {"danger"}  # what a new report is asked after its place, one at a time
PLACE = frozenset({"place", "place_again"})
OPEN_ANSWER = PLACE | {"reply"}
FORGOTTEN = timedelta(days=2)  # an open question that nobody answered is no question any more
DECISIONS = frozenset({"yes", "no"})


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """`act`: one of the words of the contract in lower case, `answer`, or `report`.

    `argument` is what follows a word (a reference after STATUS, a language after LANG); `digits`
    the last four digits of a receipt after a yes or no, which sign a verdict on a confidential
    matter; `reason` the words given after a yes or no. After a menu `argument` is the number
    chosen, or empty where the words choose nothing.
    """

    act: str
    argument: str = ""
    digits: str = ""
    reason: str = ""


def still_open(awaiting: str, asked_at: datetime | None, at: datetime) -> str:
    """The open question, or none: words that come days later are a new report, not its answer.

    A yes or no stays an answer for as long as the proposal waits.
    """
    old = asked_at is not None and at > asked_at + FORGOTTEN
    return "" if old and awaiting in OPEN_ANSWER | INTAKE else awaiting


def meaning(text: str, *, awaiting: str) -> Meaning:
    """The word, the answer or the report that a text is. Never an error."""
    signed = _SIGNED.match(ascii_digits(text))
    if signed and awaiting in YES_NO:
        found = command(signed[1])
        if found is not None and found.word.lower() in DECISIONS:
            return Meaning(act=found.word.lower(), digits=signed[2])
    if awaiting in MENU and (chosen := _chosen(text, awaiting)) is not None:
        return Meaning(act="answer", argument=chosen)
    found = (answer(text) if awaiting in YES_NO else None) or command(text)
    if found is None:
        return Meaning(act="answer" if awaiting in OPEN_ANSWER else "report")
    act = found.word.lower()
    if act in DECISIONS and awaiting in OPEN_ANSWER:
        return Meaning(act="answer")
    return Meaning(act=act, argument=found.argument, reason=found.rest)


def _chosen(text: str, awaiting: str) -> str | None:
    """The number of a menu; empty for a bare yes or no that chooses nothing; None: no answer."""
    number = _CHOICE.fullmatch(ascii_digits(text))
    if number:
        return number[1]
    found = command(text)
    if found is not None:
        decided = found.word.lower() in DECISIONS and not found.argument
        return ("4" if found.word == "NO" else "") if decided else None
    return part_of_day(text) if awaiting == "hours" else None
