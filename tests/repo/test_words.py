"""One word for one thing (docs/GLOSSARY.md), and numbers that no direction turns round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

import mohalla

PACKAGE = Path(next(iter(mohalla.__path__)))
CATALOGUE = sorted((PACKAGE / "catalogue/pakistan").glob("*.toml"))
# Another word, or another spelling, of what the glossary calls by one name.
OTHERWISE = {
    "ps": {
        "رپوټ": "راپور", "وعده": "ژمنه", "وعدې": "ژمنې", "اېف آی آر": "ایف آی آر",
        "ایف آئي آر": "ایف آی آر", "اېس اېم اېس": "ایس ایم ایس", "ټېلیفون": "فون",
        "ټیلیفون": "فون", "دوتنه": "فایل", "ولسوال": "ضلع", "مسؤل": "مسوول",
        "ناپېیلی": "خپلواک", "ووایاست": "ووایئ", "ږغ": "غږ",
    },
    "ur": {
        "اطلاع دینے وال": "رپورٹ کرنے والا", "آزاد شخص": "غیر جانبدار شخص",
        "آزاد فرد": "غیر جانبدار شخص", "سورہ": "سوارہ", "نمائش": "آزمائشی نمونہ",
        " سکرین": " اسکرین", "چاہتا/": "مجھے … ہے", "گا/گی": "مجھے … ہے", "ض ف": "ضابطہ فوجداری",
    },
}  # fmt: skip
ISOLATED = re.compile("\u2066[^\u2066\u2069]*\u2069")
TURNED = re.compile(r"\d+(?:[ -]\d+)+")  # 14-16, 2026-03-25, 0300 1234567; 11:30 is not turned


def shown(language: str) -> Iterator[str]:
    """What people read: the translations, and the catalogue without the words typed in search."""
    for entry in polib.pofile(str(PACKAGE / "locale" / language / "LC_MESSAGES/django.po")):
        yield from [entry.msgstr, *entry.msgstr_plural.values()]
    for path in CATALOGUE:
        for line in path.read_text().splitlines():
            if not line.startswith("words") and path.name != "held.toml":
                yield from re.findall(rf'\b{language}(?:\s*)= "([^"]*)"', line)


@pytest.mark.parametrize(
    "language,other", [(code, word) for code, words in OTHERWISE.items() for word in words]
)
def test_one_word_for_one_thing(language: str, other: str) -> None:
    found = [text for text in shown(language) if re.search(rf"(?<!\w){re.escape(other)}", text)]
    assert not found, f"say {OTHERWISE[language][other]}: {found[:3]}"


@pytest.mark.parametrize("language", ["ur", "ps"])
def test_the_digits_are_those_of_references_and_times(language: str) -> None:
    assert not [text for text in shown(language) if re.search("[۰-۹٠-٩]", text)]


@pytest.mark.parametrize("language", ["ur", "ps"])
def test_numbers_with_a_sign_between_them_are_isolated(language: str) -> None:
    """Right to left, `14-16` is read as `16-14`, and `0300 1234567` as `1234567 0300`."""
    bare = [text for text in shown(language) if TURNED.search(ISOLATED.sub("", text))]
    assert not bare
    assert any(ISOLATED.search(text) for text in shown(language))


def test_the_readers_see_every_source() -> None:
    assert len(list(shown("ur"))) > 1_000
    assert "چوری" in shown("ur")
    assert "غلا" in shown("ps")
