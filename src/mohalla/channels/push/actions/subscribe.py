"""A browser asks for news, or wants no more of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from mohalla.channels.push import address, setting
from mohalla.channels.push.models import Notice, NoticeState, Subscription
from mohalla.foundation import identifiers, seal
from mohalla.foundation.jobs.retention import TABLE

MOST = 5  # phones for one report or officer


class TooMany(Exception):
    """More phones than anybody has."""


def subscribe(
    *, told: str, subject: str = "", officer: int | None = None, language: str, at: datetime,
    safe_hours: tuple[int | None, int | None] = (None, None),
) -> Subscription:  # fmt: skip
    """`told`: what the browser said (`PushSubscription.toJSON()`). The same browser again changes its
    row. Raises `address.BadAddress`, `TooMany`."""
    if not subject and officer is None:
        raise ValueError("news about what?")
    found = address.read(told, hosts=setting.hosts(), loopback=setting.loopback())
    lookup = identifiers.contact_lookup(found.endpoint)
    with transaction.atomic():
        mine = _in_force(subject, officer)
        if mine.exclude(lookup=lookup).count() >= MOST:
            raise TooMany
        row, _made = mine.update_or_create(
            lookup=lookup,
            defaults={
                "subject": subject, "officer_id": officer, "language": language, "made_at": at,
                "address": seal.seal(json.dumps(asdict(found))),
                "safe_from": safe_hours[0], "safe_to": safe_hours[1],
            },
        )  # fmt: skip
    return row


def end(*, subject: str = "", officer: int | None = None, why: str, at: datetime) -> int:
    """No more news about it to any browser; what waits is taken back. How many phones."""
    if not subject and officer is None:
        return 0
    return end_rows(_in_force(subject, officer), why, at)


def _in_force(subject: str, officer: int | None) -> QuerySet[Subscription]:
    rows = Subscription.objects.filter(ended_at=None)
    if officer is not None:
        return rows.filter(officer_id=officer)
    return rows.filter(subject=subject, officer=None)


def forget_subject(*, subject: str, at: datetime) -> int:
    """The words of the report were destroyed: so is where its news went."""
    return end(subject=subject, why="forgotten", at=at)


def end_rows(rows: QuerySet[Subscription], why: str, at: datetime) -> int:
    """Ended rows keep that they were, and no address."""
    with transaction.atomic():
        Notice.objects.filter(subscription__in=rows, state=NoticeState.WAITING).update(
            state=NoticeState.CANCELLED, ended_at=at
        )
        return rows.update(ended_at=at, why=why, address="", lookup="")


def forget_old(*, at: datetime) -> int:
    """Rows past their time, by the table of `jobs.retention`."""
    old = TABLE["ended notice to a browser"].before(at)
    gone, _each = Notice.objects.filter(ended_at__lt=old).delete()
    ended, _each = Subscription.objects.filter(ended_at__lt=old).delete()
    return gone + ended
