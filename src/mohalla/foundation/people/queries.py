"""Accounts and officers for those who keep them."""

from __future__ import annotations

from mohalla.foundation.people.models import Account, Officer


def accounts() -> list[Account]:
    """All accounts with their officers, by name."""
    return list(Account.objects.select_related("officer").order_by("name"))


def officers() -> list[Officer]:
    """All officers, by belt number."""
    return list(Officer.objects.order_by("belt"))
