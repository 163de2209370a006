"""The reporter says how to be reached, or not at all: the same by every door.

What waits for the old number is taken back: whoever holds that phone hears nothing more.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from mohalla.channels.push import actions as push
from mohalla.channels.sms import actions as sms
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.submission import ContactWish
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case


def wish_contact(*, case: Case, wish: ContactWish, door: str, at: datetime) -> None:
    """The new way replaces the old ones; contact owed at an hour that is not safe moves behind it."""
    with transaction.atomic():
        sms.cancel_news(subject=case.reference, at=at)
        casework.wish_contact(case=case, wish=wish, door=door, at=at)


def remove_contact(*, case: Case, by: str, at: datetime) -> None:
    """Nobody calls or writes from now on; the receipt stays the only way."""
    with transaction.atomic():
        sms.cancel_news(subject=case.reference, at=at)
        push.end(subject=case.reference, why="asked", at=at)
        reports.remove_contacts(report=case.report, by=by, at=at)
