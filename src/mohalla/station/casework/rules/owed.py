"""What is owed for a new case, from the clocks of its category."""

from __future__ import annotations

from datetime import datetime, timedelta

from mohalla.foundation.catalogue import Category
from mohalla.foundation.promises.rules import clocks
from mohalla.foundation.reports.submission import ContactWish

ACKNOWLEDGE, CONTACT, RECORD, DIARY = "acknowledge", "contact", "record", "diary"
VERIFICATION, ENQUIRY, INFORM, OUTCOME = "verification", "enquiry", "inform", "outcome"

# What has no category yet waits at triage; its clocks run meanwhile.
UNCLASSIFIED = {
    ACKNOWLEDGE: timedelta(0),
    CONTACT: timedelta(hours=8),
    OUTCOME: timedelta(days=14),
}
DANGER_CONTACT = timedelta(minutes=30)
AT_ONCE = timedelta(hours=1)  # "at once" in law (s. 154): the desk's first hour
OPENING = (ACKNOWLEDGE, CONTACT, RECORD, DIARY, VERIFICATION, OUTCOME)


def spans(category: Category | None) -> dict[str, timedelta]:
    """The clocks of a category, or of what has none yet."""
    return dict(UNCLASSIFIED if category is None else category.clocks)


def opening(
    category: Category | None, *, danger: bool, contact: ContactWish | None, at: datetime
) -> list[tuple[str, datetime]]:
    """(kind, due) of the promises made when the case opens, first due first."""
    given = spans(category)
    owed: list[tuple[str, datetime]] = []
    for kind in OPENING:
        if kind not in given:
            continue
        span = given[kind]
        if kind == CONTACT:
            # without a number it is kept by the first message that waits behind the receipt
            if danger:
                owed.append((kind, at + min(span, DANGER_CONTACT)))
            else:
                safe = (contact.safe_from, contact.safe_to) if contact else (None, None)
                owed.append((kind, clocks.contact_due(at, span, *safe)))
        elif kind == ACKNOWLEDGE:
            owed.append((kind, at))
        else:
            owed.append((kind, at + (span or AT_ONCE)))
    return sorted(owed, key=lambda pair: pair[1])
