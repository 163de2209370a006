"""Check name, password and code: one answer and the same work, whatever is wrong."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from functools import lru_cache

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from mohalla.foundation import seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.people.models import Account

STEP = 30  # seconds of one code
TRIES = 5
LOCKED = timedelta(minutes=15)


def check_sign_in(*, name: str, password: str, code: str, at: datetime) -> Account | None:
    """The account, or None: unknown, closed, locked, wrong password, wrong or used code.

    Five failures lock for 15 minutes. A code works once, and one step before and after its time.
    """
    account: Account | None = Account.objects.filter(name=name).first()
    nobody = _nobody()
    known = check_password(password, account.password if account else nobody[0])
    secret = account.totp_sealed if account and account.totp_sealed else nobody[1]
    step = _matching_step(seal.unseal(secret), code, at)
    locked = bool(account and account.locked_until and account.locked_until > at)
    good = bool(account and account.is_active and account.totp_sealed and known) and not locked
    with transaction.atomic():
        if account is not None and good and step and _used_up(account, step):
            Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
            _note("signed in", account.pk, at)
            return account
        _count_failure(account, at, locked=locked)
        _note("sign-in refused", account.pk if account else 0, at)
    return None


def _matching_step(secret: str, code: str, at: datetime) -> int:
    """The time step whose code this is; 0 where none is. All three are compared, always."""
    now, totp, found = int(at.timestamp()) // STEP, pyotp.TOTP(secret), 0
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(totp.generate_otp(step), code if code.isascii() else "-"):
            found = step
    return found


def _used_up(account: Account, step: int) -> bool:
    """Take the code; False where it, or a later one, was used already."""
    return bool(Account.objects.filter(pk=account.pk, totp_last__lt=step).update(totp_last=step))


def _count_failure(account: Account | None, at: datetime, *, locked: bool) -> None:
    key = account.pk if account and not locked else 0
    Account.objects.filter(pk=key).update(failures=F("failures") + 1)
    Account.objects.filter(pk=key, failures__gte=TRIES).update(failures=0, locked_until=at + LOCKED)


def _note(what: str, account: int, at: datetime) -> None:
    ledger.record(what=what, room="people", subject=account, by=f"account:{account}", at=at)


@lru_cache(maxsize=1)
def _nobody() -> tuple[str, str]:
    """Password hash and sealed secret of nobody, so that an unknown name costs the same."""
    return make_password("nobody's password"), seal.seal(pyotp.random_base32())
