"""Our own number, from the one setting."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from mohalla.channels.sms import address


@lru_cache(maxsize=8)
def _read(url: str) -> address.SmsAddress:
    return address.read(url)


def configured() -> address.SmsAddress:
    """`SMS_URL`, read. Raises address.BadAddress."""
    return _read(settings.SMS_URL)


def own_number() -> str:
    """The number that texts come to and go from."""
    return configured().source
