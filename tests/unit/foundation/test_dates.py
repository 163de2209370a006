"""Dates on papers and in texts: words in their languages, short enough, never turned round."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mohalla.foundation.clock.dates import full_date, short_date

# the longest values that the catalogue counts with
LONGEST = {
    "en": "21 Nov, 11:30 pm", "ur": "21 نومبر رات 11:30", "ps": "۲۱ نومبر شپه ۱۱:۳۰",
    "ur-Latn": "21 Nov, raat 11:30",
}  # fmt: skip


@pytest.mark.parametrize("language", LONGEST)
@pytest.mark.parametrize("month", range(1, 13))
def test_short_enough_for_every_text(language: str, month: int) -> None:
    said = short_date(datetime(2026, month, 28, 7, 5, tzinfo=UTC), language)
    assert len(said) <= len(LONGEST[language])
    assert said.startswith("28 ")
    assert said.endswith(" 12:05")
    assert "-" not in said
    assert said.isascii() == (language in {"en", "ur-Latn"})


def test_a_paper_never_says_today() -> None:
    moment = datetime(2026, 11, 20, 19, 30, tzinfo=UTC)
    assert full_date(moment, "en") == "21 November 2026, 00:30"
    assert full_date(moment, "ur") == "21 نومبر 2026، 00:30"
    assert full_date(moment, "ur-Latn", time=False) == "21 نومبر 2026"
    assert full_date(moment, "ps", time=False) == "21 نومبر 2026"
    assert full_date(None, "en") == ""
