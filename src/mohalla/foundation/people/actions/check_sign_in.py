"""Check name, password and code: one answer and the same work, whatever is wrong."""

from __future__ import annotations

import hmac
from datetime import datetime
from functools import lru_cache

import pyotp
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from mohalla.foundation import seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.people.models import Account
from mohalla.foundation.people.rules.waits import failures_now, wait_after

STEP = 30  # seconds of one code


def check_sign_in(*, name: str, password: str, code: str, at: datetime) -> Account | None:
    """The account, or None: unknown, closed, locked, wrong password, wrong or used code.

    After five failures password and code wait, longer each time; passkeys never do. A code works
    once, and one step before and after its time.
    """
    account: Account | None = Account.objects.filter(name=name).first()
    usable = bool(account and account.has_usable_password())
    known = check_password(password, account.password if account and usable else _nobody()[0])
    good = bool(account and account.is_active and usable and known)
    return _checked(account, code, good=good, what="sign-in refused", at=at)


def check_code(*, account: Account, code: str, at: datetime) -> bool:
    """The second proof of who is signed in; it fails and waits with the password."""
    fresh = Account.objects.get(pk=account.pk)
    return _checked(fresh, code, good=fresh.is_active, what="proof refused", at=at) is not None


def _checked(
    account: Account | None, code: str, *, good: bool, what: str, at: datetime
) -> Account | None:
    secret = account.totp_sealed if account and account.totp_sealed else _nobody()[1]
    step = _matching_step(seal.unseal(secret), code, at)
    locked = bool(account and account.locked_until and account.locked_until > at)
    with transaction.atomic():
        able = account is not None and good and bool(account.totp_sealed) and not locked
        if account is not None and able and step and _used_up(account, step):
            Account.objects.filter(pk=account.pk).update(failures=0, locked_until=None)
            return account
        _count_failure(account, at, locked=locked)
        subject = account.pk if account else 0
        ledger.record(what=what, room="people", subject=subject, by=f"account:{subject}", at=at)
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
    """Each is told at the next sign-in; while a wait runs, none makes it longer."""
    key = account.pk if account else 0
    before = failures_now(account.failures, account.failed_at, at=at) if account else 0
    wait = wait_after(before + 1)
    until = at + wait if wait else None
    Account.objects.filter(pk=key).update(refused=F("refused") + 1)
    Account.objects.filter(pk=0 if locked else key).update(
        failures=before + 1, failed_at=at, locked_until=until
    )


@lru_cache(maxsize=1)
def _nobody() -> tuple[str, str]:
    """Password hash and sealed secret of nobody, so that an unknown name costs the same."""
    return make_password("nobody's password"), seal.seal(pyotp.random_base32())
