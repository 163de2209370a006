"""Accounts and officers for those who keep them."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation.people.models import Account, Notice, Officer, Passkey, Session
from mohalla.foundation.people.rules.limits import Limits

MOST = 30  # rows of a list


def accounts() -> list[Account]:
    """All accounts with their officers, by name."""
    return list(Account.objects.select_related("officer").order_by("name"))


def officers() -> list[Officer]:
    """All officers, by belt number."""
    return list(Officer.objects.order_by("belt"))


def passkeys(account: Account) -> list[Passkey]:
    """Those that open the account, the oldest first."""
    return list(account.passkeys.filter(removed_at=None).order_by("made_at"))


def passkeys_of_all() -> dict[int, list[Passkey]]:
    """The open passkeys of every account, for who keeps them."""
    found: dict[int, list[Passkey]] = {}
    for row in Passkey.objects.filter(removed_at=None).order_by("made_at"):
        found.setdefault(row.account_id, []).append(row)
    return found


def sessions(account: Account, *, at: datetime, limits: Limits) -> list[Session]:
    """Those that are open now, the latest first."""
    rows = account.sessions.filter(ended_at=None, began_at__gt=at - limits.most)
    rows = rows.filter(seen_at__gt=at - limits.idle)
    demo = account.sessions.filter(ended_at=None, means=Session.Means.DEMO)
    return list((rows | demo).order_by("-seen_at"))


def notices(account: Account, *, since: datetime) -> list[Notice]:
    """What happened around the account, the latest first."""
    return list(account.notices.filter(at__gte=since).order_by("-at")[:MOST])


def untold(account: Account) -> int:
    """How many things the officer has not seen yet."""
    return account.notices.filter(told_at=None).count()


def grave_notices(*, since: datetime) -> list[Notice]:
    """Passkeys that may have been copied: who keeps accounts must act."""
    rows = Notice.objects.filter(what=Notice.What.COUNTER_BACK, at__gte=since)
    return list(rows.select_related("account").order_by("-at")[:MOST])
