"""One search key for the many ways in which the same word is typed."""

from __future__ import annotations

import re
import unicodedata

# Letters that keyboards, fonts and copy-and-paste exchange for each other. Marks above and below
# (hamza, madda, zabar ...) are taken off before, so أ ؤ ئ ۂ ۓ need no row here.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("كڪګڬڭڮڰ", "ک"),
        **dict.fromkeys("يىۍېےۑێ", "ی"),
        **dict.fromkeys("ہھۂۀەةۃۿ", "ه"),
        **dict.fromkeys("ںڼ", "ن"),
        **dict.fromkeys("ٱٲٳ", "ا"),
        "ټ": "ٹ",
        "ډ": "ڈ",
        "ړ": "ڑ",
        "ء": None,
        "ـ": None,
        "۔": ".",
        "؟": "?",
        "،": ",",
        "؛": ";",
    }
)
_LETTERS[ord("ګ")] = "گ"  # the Pashto gaf is the Urdu gaf, not a kaf
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+")

_ROMAN_PAIRS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?:ou|ow|au|aw)(?=[^aeiou]|$)"), "o"),
    (re.compile(r"(?:ei|ai|ay|ey|ae)"), "e"),
    (re.compile(r"ie|ia?$|y"), "i"),
    (re.compile(r"w"), "v"),
    (re.compile(r"q|ck|c(?!h)"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(?<=[bcdgjkpst])h"), ""),
    (re.compile(r"u"), "o"),
    (re.compile(r"e"), "i"),
    (re.compile(r"(?<=[a-z])h(?=[a-z]|$)"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


def ascii_digits(text: str) -> str:
    """The same text with the digits of every script as 0-9 (Urdu ۰-۹, Arabic ٠-٩, others)."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def fold(text: str) -> str:
    """A search key: letter variants, marks, case, digits and spaces made one; never for display.

    Folding twice gives the same as folding once. Punctuation stays (Urdu marks become ASCII ones).
    """
    while (once := _fold_once(text)) != text:
        text = once
    return text


def words(text: str) -> list[str]:
    """The folded words of a text, in order, without punctuation."""
    return _WORD.findall(fold(text))


def roman_key(word: str) -> str:
    """A coarse key of a *folded* word, so that `choree`, `chori`, `chory` are one; others as is.

    Only words in ASCII letters change: Roman Urdu and Roman Pashto have no fixed spelling.
    """
    if not (word.isascii() and word.isalpha()):
        return word
    for pattern, put in _ROMAN_PAIRS:
        word = pattern.sub(put, word)
    return word


def _fold_once(text: str) -> str:
    out: list[str] = []
    for char in unicodedata.normalize("NFKD", text):
        kind = unicodedata.category(char)
        if kind in ("Mn", "Me", "Cf"):  # vowel marks, zero-width and direction controls
            continue
        if kind == "Cc":
            char = " "
        elif kind == "Nd":
            char = str(unicodedata.decimal(char))
        out.append(char)
    plain = "".join(out).translate(_LETTERS).casefold()
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", plain)).strip()
