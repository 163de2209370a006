"""Accounts of staff: make, close, new password, new second factor."""

from __future__ import annotations

from datetime import datetime

import pyotp
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from mohalla.foundation import events, seal
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.people.actions.session import end_sessions
from mohalla.foundation.people.events import AccountClosed
from mohalla.foundation.people.models import Account, Notice, Officer


class AccountExists(Exception):
    """The name is taken, or the officer has an account already."""


class PasswordWeak(Exception):
    """`sentences`: what is wrong with it, for the reader."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


def make_account(
    *,
    name: str,
    password: str,
    officer: Officer | None,
    by: str,
    at: datetime,
    administers: bool = False,
) -> tuple[Account, str]:
    """The account and the secret of its codes (base 32), which is shown once and never again.

    Without a password there are no codes either: an invitation lets the officer make a passkey.
    """
    if Account.objects.filter(name=name).exists() or (
        officer is not None and Account.objects.filter(officer=officer).exists()
    ):
        raise AccountExists(name)
    secret = pyotp.random_base32() if password else ""
    account = Account(
        name=name, officer=officer, administers=administers,
        totp_sealed=seal.seal(secret) if secret else "",
    )  # fmt: skip
    if password:
        _strong(password, account)
    account.set_password(password or None)
    with transaction.atomic():
        account.save(force_insert=True)
        _note("account made", account, by, at)
    return account, secret


def set_password(*, account: Account, password: str, by: str, at: datetime) -> Account:
    """A new password also unlocks, and ends every session. Raises `PasswordWeak`."""
    _strong(password, account)
    account.set_password(password)
    account.failures, account.locked_until = 0, None
    with transaction.atomic():
        account.save(update_fields=["password", "failures", "locked_until"])
        Notice.objects.create(account=account, what=Notice.What.PASSWORD_SET, at=at)
        _note("password set", account, by, at)
        end_sessions(account=account.pk, why="password", at=at, by=by)
    return account


def new_code_secret(*, account: Account, by: str, at: datetime) -> str:
    """The old codes stop working at once; returns the new secret (base 32)."""
    secret = pyotp.random_base32()
    account.totp_sealed, account.totp_last = seal.seal(secret), 0
    with transaction.atomic():
        account.save(update_fields=["totp_sealed", "totp_last"])
        _note("second factor set", account, by, at)
    return secret


def close_account(*, account: Account, by: str, at: datetime) -> Account:
    """Nobody signs in with it any more; the row stays, because the history names it."""
    account.is_active = False
    with transaction.atomic():
        account.save(update_fields=["is_active"])
        _note("account closed", account, by, at)
        end_sessions(account=account.pk, why="closed", at=at, by=by)
        events.publish(AccountClosed(officer=account.officer_id, at=at))
    return account


def _strong(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as weak:
        raise PasswordWeak(weak.messages) from None


def _note(what: str, account: Account, by: str, at: datetime) -> None:
    ledger.record(what=what, room="people", subject=account.pk, by=by, at=at)
