"""Ask for a passkey: one question for one purpose, one browser, two minutes, one answer."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from mohalla.foundation.people import ceremony
from mohalla.foundation.people.models import Account, Challenge

LIVES = timedelta(seconds=ceremony.MOST_SECONDS)


def ask(*, purpose: str, browser: str, account: Account | None, at: datetime) -> str:
    """The challenge, base64url. An earlier one of this browser for the same purpose ends.

    `browser`: the key of its session; only a hash of it is stored.
    """
    value = secrets.token_urlsafe(32)
    with transaction.atomic():
        Challenge.objects.filter(expires_at__lt=at).delete()
        Challenge.objects.filter(browser=_hash(browser), purpose=purpose).delete()
        Challenge.objects.create(
            value=value, purpose=purpose, browser=_hash(browser), account=account,
            expires_at=at + LIVES,
        )  # fmt: skip
    return value


def take(*, purpose: str, browser: str, account: Account | None, at: datetime) -> str:
    """The open challenge, once: whoever comes second finds none. Raises `NotAccepted`."""
    found = Challenge.objects.filter(
        purpose=purpose, browser=_hash(browser), account=account
    ).first()
    if found is None or not Challenge.objects.filter(pk=found.pk).delete()[0]:
        raise ceremony.NotAccepted("no question")
    if found.expires_at < at:
        raise ceremony.NotAccepted("too late")
    return found.value


def _hash(browser: str) -> str:
    return hashlib.sha256(browser.encode()).hexdigest()
