"""What a phone may hear of a confidential matter: that there is something, never what. Pure.

A phone is not an identity: whoever has the number reads what comes to it and may write back. Not
only words tell: a time that follows from the category, the stage or what she wrote elsewhere would
as well. So each text speaks of the one promise that it is about, and of none else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

# What may come unasked; all else becomes `news`. The three after the first warn her of what somebody
# does in her name, or that we are late; they name no more of the matter than the news does.
UNASKED = frozenset({
    "news", "late", "withdrawal_requested", "receipt_asked", "receipt_renewed", "alarm_seen",
    "alarm_coming",
})  # fmt: skip

_ANSWER = timedelta(hours=24)  # true of an answer that was owed before, too: it is due earlier
_AFTER_WORDS = frozenset({"message_added", "safe"})
_KIND = {
    "received_ask_place": "contact", "received_ask_danger": "contact", "place_found": "contact",
    "hours_set": "contact", "linked": "contact", "danger": "contact", "sos": "contact",
    "child_where": "contact",
    "person": "call_back", "late": "decision", "contact_denied": "decision",
    "withdrawal_requested": "withdrawal_call",
}  # fmt: skip


def due(key: str, made: Iterable[tuple[str, datetime]], at: datetime) -> datetime | None:
    """The time that the text `key` may name; `made`: (kind, due) of all promises in their
    order, ended ones too.

    Whether a contact is still owed is not to be seen: its time is named until it is over.
    """
    if key in _AFTER_WORDS:
        return at + _ANSWER
    about = [when for kind, when in made if kind == _KIND.get(key)]
    return about[-1] if about and about[-1] > at else None
