"""What may be stored, what may be shown, what may leave in a spreadsheet."""

from __future__ import annotations

import re
import unicodedata

REPLACEMENT = "\ufffd"
HIDDEN_MARK = "\u25af"  # ▯ stands where a character would have turned or hidden the text around it
MOST_MARKS = 4  # Arabic script stacks three at most (shadda, vowel, superscript alef)

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\u2028\u2029\x85]")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")  # ZWNJ and ZWJ: spelling and emoji need them
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*\Z", re.ASCII)
_FORMULA = frozenset("=+-@\t\r\n|%＝＋－＠")


def clean(text: str) -> str:
    """The text as typed, fit for a database: lone surrogates and NUL become U+FFFD."""
    return _UNSTORABLE.sub(REPLACEMENT, text)


def visible(text: str) -> str:
    """The text for a screen: nothing turns the line round, hides itself or climbs over others.

    Control characters become their pictures (␀), direction overrides and isolates the mark ▯,
    other invisible characters go, piles of marks end after four. ZWNJ, ZWJ, tab, newline stay.
    """
    out: list[str] = []
    marks = 0
    for char in _BREAKS.sub("\n", clean(text)):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks > MOST_MARKS:
            continue
        out.append(_shown(char, kind))
    return "".join(out)


def csv_safe(cell: str) -> str:
    """The cell so that no spreadsheet runs it as a formula (an apostrophe before it where needed).

    Plain numbers, signed ones and phone numbers too, stay numbers.
    """
    cell = clean(cell)
    bare = cell.lstrip(" \u00a0\u200b\ufeff")
    if (cell[:1] in _FORMULA or bare[:1] in _FORMULA) and not _NUMBER.match(cell):
        return "'" + cell
    return cell


def _shown(char: str, kind: str) -> str:
    if char in "\n\t" or char in _JOINERS:
        return char
    if char in _TURNING:
        return HIDDEN_MARK
    if kind == "Cc":
        code = ord(char)
        return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else REPLACEMENT
    return "" if kind == "Cf" else char
