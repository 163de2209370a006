"""Owe a browser a notice."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mohalla.channels.push.models import Notice, Subscription
from mohalla.channels.push.rules import KEEP_TRYING
from mohalla.foundation import catalogue
from mohalla.foundation.promises.rules import clocks

MESSAGE = "push_news"  # of `messages.toml`; a screen is no place for more


def send(
    *, to: Subscription, purpose: str, dedup_key: str, at: datetime, key: str = MESSAGE
) -> Notice:
    """Written inside the caller's transaction; the worker sends it after the commit.

    The same `dedup_key` gives the row that is there already. `key`: a neutral message of the catalogue.
    """
    start = clocks.first_safe(at, to.safe_from, to.safe_to)
    row, _made = Notice.objects.get_or_create(
        dedup_key=f"{to.pk}:{dedup_key}",
        defaults={
            "subscription": to, "text": catalogue.get().message(key, to.language),
            "purpose": purpose, "made_at": at, "next_try_at": start,
            "expires_at": start + KEEP_TRYING,
        },
    )  # fmt: skip
    return row


def send_to_subject(*, subject: str, purpose: str, dedup_key: str, at: datetime) -> int:
    """To every browser that wants news of this report; how many."""
    rows = Subscription.objects.filter(subject=subject, ended_at=None).exclude(subject="")
    return _each(rows, purpose, dedup_key, at)


def send_to_officer(*, officer: int, purpose: str, dedup_key: str, at: datetime) -> int:
    """To every browser of an officer; how many."""
    rows = Subscription.objects.filter(officer_id=officer, ended_at=None)
    return _each(rows, purpose, dedup_key, at)


def _each(rows: Iterable[Subscription], purpose: str, dedup_key: str, at: datetime) -> int:
    found = list(rows)
    for row in found:
        send(to=row, purpose=purpose, dedup_key=dedup_key, at=at)
    return len(found)
