"""What is said, cut into what can be recorded: pure.

A prompt is recorded in the parts between its values. Values are said from a small stock that is
recorded once for each language: the numbers to 59, the letters of a reference, months, stages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

BY_SIGN = frozenset({"reference", "receipt"})  # said letter by letter, digit by digit
NUMBERS = 60  # days, hours, minutes
_TOKEN = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """key: its name in the studio; words: what is said."""

    key: str
    words: str


def parts(key: str, template: str) -> Iterator[Piece | str]:
    """The parts of a prompt in order; a name stands for a value."""
    number = 0
    for words, name, _spec, _conversion in Formatter().parse(template):
        if any(char.isalnum() for char in words):
            number += 1
            yield Piece(f"{key}.{number}", words.strip(" :،؛,;.۔"))
        if name:
            yield name


def of_prompt(
    key: str, template: str, values: Mapping[str, str], stages: Mapping[str, str]
) -> list[list[Piece]]:
    """All of a prompt with its values, between which one breathes. `stages`: the code of each stage by its words."""
    said: list[list[Piece]] = []
    for part in parts(key, template):
        if isinstance(part, Piece):
            said.append([part])
        elif part == "stage":
            words = values.get(part, "")
            said.append([Piece(f"stage.{stages[words]}", words)] if words in stages else [])
        else:
            said.append(of_value(part, values.get(part, "")))
    return [phrase for phrase in said if phrase]


def of_value(name: str, value: str) -> list[Piece]:
    """`21 Nov 20:02`: twenty-one, Nov, twenty, two. `K7M`: K, 7, M."""
    if name in BY_SIGN:
        return [_sign(char) for char in value if char.isalnum()]
    said: list[Piece] = []
    for token in _TOKEN.findall(value):
        if not token.isdecimal():
            said.append(Piece(f"say.{token}", token))
        elif int(token) < NUMBERS:
            said.append(_sign(str(int(token))))
        else:
            said += [_sign(digit) for digit in token]
    return said


def stock(letters: str, months: list[str], stages: Mapping[str, str]) -> list[Piece]:
    """All that values can need in one language."""
    numbers = [_sign(str(number)) for number in range(NUMBERS)]
    names = [_sign(letter) for letter in letters if letter.isalpha()]
    dated = [Piece(f"say.{month}", month) for month in months]
    return [
        *numbers,
        *names,
        *dated,
        *(Piece(f"stage.{code}", said) for said, code in stages.items()),
    ]


def _sign(char: str) -> Piece:
    return Piece(f"say.{char}", char)
