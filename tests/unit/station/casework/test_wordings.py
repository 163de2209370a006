"""Ready wordings exist in every language, each in its own script."""

from __future__ import annotations

import pytest

from mohalla.station.casework.wordings import LETTER, WORDINGS, letter, wording


@pytest.mark.parametrize("name", WORDINGS)
def test_each_language_has_its_own_text(name: str) -> None:
    texts = [wording(name, code) for code in ("en", "ur", "ps")]
    assert len(set(texts)) == 3
    assert texts[0].isascii()
    for text in texts[1:]:
        assert sum("\u0600" <= char <= "\u06ff" for char in text) > len(text) / 2
    assert wording(name, "ur-Latn") == texts[1]


@pytest.mark.parametrize("code", LETTER)
def test_the_letter_begins_with_number_and_date(code: str) -> None:
    begun = letter(code, number="112/26", date="2026-03-25", done=[("26", "X")])
    assert "112/26" in begun
    assert "2026-03-25" in begun
    assert "\n1. 26: X\n" in begun
    assert "{" not in letter(code, number="", date="", done=[])
