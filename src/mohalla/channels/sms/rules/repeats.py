"""Is an equal message the carrier's second delivery, or a person saying it again?

With the carrier's own id or time the answer is sure: the unique key decides. Most networks give
neither, so this rule decides by time and by what has happened in between:

- within seconds: nobody types that fast; a second delivery.
- within minutes, and we have sent nothing since: a second delivery (after a broken link, say).
- within minutes, and we have asked something since: a short text is an answer ("1", "haan") and
  new; a long one, word for word, is still a second delivery.
- later: a person says it again. New, linked to the earlier one, never dropped.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Final

AT_ONCE: Final = timedelta(seconds=4)
SOON: Final = timedelta(minutes=10)
LINKED: Final = timedelta(days=7)
ANSWER_LENGTH: Final = 30


class Repeat(StrEnum):
    """`COPY` is counted on the first row; `AGAIN` is a new row that names the first."""

    NEW = "new"
    COPY = "copy"
    AGAIN = "again"


def judge(*, since: timedelta | None, length: int, sent_since: bool) -> Repeat:
    """Judge a text of `length` characters whose equal came `since` ago (None: never)."""
    if since is None or since > LINKED:
        return Repeat.NEW
    age = abs(since)  # a clock that was set back
    if age <= AT_ONCE:
        return Repeat.COPY
    is_answer = length <= ANSWER_LENGTH and sent_since
    return Repeat.COPY if age <= SOON and not is_answer else Repeat.AGAIN
