"""Whether the sender's own answer says what a report is about: pure; when in doubt, it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mohalla.foundation.catalogue import Category

TOP = 3  # of what a search over the sender's words finds
MOST_WORDS = 40  # a longer text is read by a person: the search looks no further


@dataclass(frozen=True, kw_only=True)
class Said:
    """All that the sender wrote, as far as the rule looks at it.

    `found`: categories from the search over it, best first; `own`: the same for the report by
    itself, because whoever has the phone by now may have added the rest; `words`: how many; `held`:
    whether a word of `[held.*]` in the catalogue stands in it.
    """

    found: Sequence[Category]
    own: Sequence[Category]
    words: int
    held: bool


def plain(said: Said) -> Category | None:
    """The matter of a street or a thing that these words are sure to be about, if any."""
    top, own = said.found[:TOP], said.own[:TOP]
    if not top or top[:1] != own[:1] or said.held or said.words > MOST_WORDS:
        return None
    if any(category.sensitivity != "C1" or category.about_police for category in (*top, *own)):
        return None
    return top[0] if top[0].answer else None


def category_by_answer(choice: str, said: Said) -> Category | None:
    """The category where words and answer agree. None: a trained person reads it at triage.

    `choice`: street, thing; with "person" and "unsaid" no category agrees."""
    category = plain(said)
    if category is None or choice != category.answer:
        return None
    return category
