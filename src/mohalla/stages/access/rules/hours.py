"""Safe hours as people write them."""

from __future__ import annotations

import re

from mohalla.foundation.text import ascii_digits, fold, words

_RANGE = re.compile(r"^\s*(\d{1,2})(?::\d\d)?\s*(?:-|–|to|سے)\s*(\d{1,2})(?::\d\d)?\s*$")

# What "1 morning, 2 afternoon, 3 evening" mean on the clock; 4 is "do not call".
PARTS_OF_DAY = {"1": (8, 12), "2": (12, 17), "3": (17, 21)}
_WORDS = {
    "1": "morning subah subh sawere صبح سویرے سهار سبا",
    "2": "afternoon noon dopahar dopehar zuhar asar دوپہر ظہر عصر غرمه ماسپښین مازدیګر",
    "3": "evening night shaam sham raat maghrib isha شام رات مغرب عشاء ماښام ماخوستن شپه",
}
_PART = {fold(word): part for part, said in _WORDS.items() for word in said.split()}
_MOST_WORDS = 5


class HoursUnclear(ValueError):
    """Not of the form 14-16."""


def safe_hours(text: str) -> tuple[int | None, int | None]:
    """`14-16`, `14:00-16:00`, `22-6`, digits of three scripts -> hours; empty: at any time."""
    if not text.strip():
        return None, None
    found = _RANGE.match(ascii_digits(text))
    if not found:
        raise HoursUnclear(text)
    first, last = int(found[1]), int(found[2])
    if first > 24 or last > 24:
        raise HoursUnclear(text)
    return first % 24, last % 24 if last != 24 else 24


def part_of_day(text: str) -> str | None:
    """`1`, `2` or `3` where a few words name one part of the day and no other; else None."""
    said = words(text)
    named = {_PART[fold(word)] for word in said if fold(word) in _PART}
    return named.pop() if len(named) == 1 and len(said) <= _MOST_WORDS else None
