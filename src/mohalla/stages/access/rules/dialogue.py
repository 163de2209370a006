"""What a text means, given the question that is open: pure, the same for every text door."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mohalla.foundation.text import ascii_digits, command

_SIGNED = re.compile(r"^\s*(\S+)[\s,.:-]+(\d{4})\s*$")
YES_NO = frozenset({"danger", "contact", "verdict"})
OPEN_ANSWER = frozenset({"place", "reply"})


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """`act`: one of the words of the contract in lower case, `answer`, or `report`.

    `argument` is what follows a word (a reference after STATUS); `digits` the last four digits of
    a receipt after a yes or no, which sign a verdict on a confidential matter.
    """

    act: str
    argument: str = ""
    digits: str = ""


def meaning(text: str, *, awaiting: str) -> Meaning:
    """A yes or no counts only while something was asked; a bare 1 or 2 too. Never an error."""
    signed = _SIGNED.match(ascii_digits(text))
    word, digits = (signed[1], signed[2]) if signed else (text, "")
    found = command(word)
    if signed and (found is None or found.name not in {"yes", "no"}):
        found, digits = command(text), ""
    if found is None:
        return Meaning(act="answer" if awaiting in OPEN_ANSWER else "report")
    if found.name in {"yes", "no"} and awaiting in OPEN_ANSWER:
        return Meaning(act="answer")
    if awaiting == "language" and found.name in {"yes", "no"}:
        return Meaning(act="answer")
    return Meaning(act=found.name, argument=found.argument, digits=digits)
