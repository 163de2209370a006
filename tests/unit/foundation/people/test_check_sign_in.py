"""A code works once; five failures lock; whatever is wrong, the answer is the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from mohalla.foundation.people import actions
from mohalla.foundation.people.models import Account

AT = datetime(2026, 3, 25, 7, 0, tzinfo=UTC)
PASSWORD = "a lamp in every lane"


@pytest.fixture
def made(db: None) -> tuple[Account, str]:
    return actions.make_account(name="ali", password=PASSWORD, officer=None, by="system", at=AT)


def check(secret: str, *, at: datetime, password: str = PASSWORD, code: str = "") -> bool:
    code = code or pyotp.TOTP(secret).at(at)
    return actions.check_sign_in(name="ali", password=password, code=code, at=at) is not None


def test_right_once_and_never_twice(made: tuple[Account, str]) -> None:
    _account, secret = made
    code = pyotp.TOTP(secret).at(AT)
    assert check(secret, at=AT)
    assert not check(secret, at=AT, code=code)
    assert not check(secret, at=AT + timedelta(seconds=20), code=code)
    assert check(secret, at=AT + timedelta(seconds=60))


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "۱۲۳۴۵۶", "0" * 500])
def test_wrong_codes(made: tuple[Account, str], code: str) -> None:
    assert not check(made[1], at=AT, code=code or "-")


def test_waits_grow_and_nobody_makes_them_longer_meanwhile(made: tuple[Account, str]) -> None:
    account, secret = made
    for _try in range(4):
        assert not check(secret, at=AT, password="wrong")
    account.refresh_from_db()
    assert account.locked_until is None
    at = AT
    for minutes in (1, 2, 4, 8, 16, 32, 60, 60):
        assert not check(secret, at=at, password="wrong")
        account.refresh_from_db()
        assert account.locked_until == at + timedelta(minutes=minutes)
        assert not check(secret, at=at + timedelta(seconds=30)), "right, but too early"
        account.refresh_from_db()
        assert account.locked_until == at + timedelta(minutes=minutes)
        at = account.locked_until
    assert check(secret, at=at)
    account.refresh_from_db()
    assert (account.failures, account.locked_until) == (0, None)
    assert account.refused == 4 + 8 + 8


def test_old_failures_are_forgotten(made: tuple[Account, str]) -> None:
    account, secret = made
    for hours in (0, 0, 0, 0, 25):
        assert not check(secret, at=AT + timedelta(hours=hours), password="wrong")
    account.refresh_from_db()
    assert (account.failures, account.locked_until) == (1, None)
    assert not check(secret, at=AT + timedelta(hours=26), password="wrong")
    account.refresh_from_db()
    assert account.failures == 2


def test_closed_accounts_and_unknown_names(made: tuple[Account, str]) -> None:
    account, secret = made
    assert actions.check_sign_in(name="nobody", password=PASSWORD, code="1", at=AT) is None
    actions.close_account(account=account, by="system", at=AT)
    assert not check(secret, at=AT)


def test_new_secret_and_password_replace_the_old(made: tuple[Account, str]) -> None:
    account, secret = made
    fresh = actions.new_code_secret(account=account, by="system", at=AT)
    assert not check(secret, at=AT)
    assert check(fresh, at=AT)
    with pytest.raises(actions.PasswordWeak):
        actions.set_password(account=account, password="too short", by="system", at=AT)
    with pytest.raises(actions.AccountExists):
        actions.make_account(name="ali", password=PASSWORD, officer=None, by="system", at=AT)
    account.refresh_from_db()
    assert secret not in account.totp_sealed
    assert fresh not in account.totp_sealed
