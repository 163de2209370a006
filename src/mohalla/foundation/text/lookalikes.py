"""Names that look like another name: shown with a flag, never refused, never changed."""

from __future__ import annotations

import re
import unicodedata

_PARTS = re.compile(r"[\s.\-_/'’]+")
_JOINERS = frozenset("\u200c\u200d")  # spelling in Urdu and Pashto, nothing else
# letters of these look like Latin ones to everybody who reads Latin
_LOOK_LATIN = frozenset({"CYRILLIC", "GREEK", "CHEROKEE", "ARMENIAN", "LISU", "COPTIC", "DESERET"})


def odd(name: str) -> bool:
    """Whether a name holds letters that are taken for others, or something that nobody sees.

    One word in two scripts (`Аli` with a Cyrillic А), a script whose letters look Latin, letters
    of mathematics or of double width, direction marks, joiners outside Arabic script.
    """
    composed = unicodedata.normalize("NFC", name)
    return any(_hidden(composed, at) for at in range(len(composed))) or any(
        _mixed(part) for part in _PARTS.split(composed)
    )


def _hidden(name: str, at: int) -> bool:
    char = name[at]
    if char in _JOINERS:
        return not (at and "ARABIC" in _script(name[at - 1]))
    return unicodedata.category(char) in {"Cf", "Cc", "Co", "Cn"}


def _mixed(part: str) -> bool:
    letters = [char for char in part if unicodedata.category(char)[0] == "L"]
    scripts = {_script(char) for char in letters}
    styled = any(
        unicodedata.normalize("NFKC", char) != char and _script(char) != "ARABIC"
        for char in letters
    )
    return len(scripts) > 1 or bool(scripts & _LOOK_LATIN) or styled


def _script(char: str) -> str:
    """The first word of a character's name tells: LATIN, ARABIC, CYRILLIC, MATHEMATICAL …"""
    return unicodedata.name(char, "UNKNOWN").split()[0]
