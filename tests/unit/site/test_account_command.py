"""`mohalla account add`."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from mohalla.foundation.people.models import Account, Officer
from mohalla.site.cli import app

pytestmark = pytest.mark.django_db


@pytest.fixture
def ali() -> Officer:
    return Officer.objects.create(
        belt="C-114", rank="asi", name_en="Ali Raza", name_ur="علی رضا", gender="man"
    )


def test_password_and_code_are_printed_once_and_work(ali: Officer) -> None:
    done = CliRunner().invoke(app, ["account", "add", "ali", "--officer", "C-114"])
    assert done.exit_code == 0, done.output
    account = Account.objects.get(name="ali")
    assert (account.officer_id, account.administers) == (ali.pk, False)
    password = re.search(r"^password: (\S+)$", done.output, re.M)
    assert password
    assert account.check_password(password[1])
    secret = re.search(r"otpauth://totp/Mohalla:ali\?secret=(\w+)", done.output)
    assert secret
    assert secret[1] not in account.totp_sealed


@pytest.mark.parametrize(
    "told,words",
    [
        (["ali", "--officer", "X-1"], "no officer has the belt number X-1"),
        (["ali"], "--officer"),
        (["taken", "--officer", "C-114"], "taken"),
    ],
)
def test_refusals(ali: Officer, told: list[str], words: str) -> None:
    Account.objects.create(name="taken")
    done = CliRunner().invoke(app, ["account", "add", *told])
    assert done.exit_code == 1
    assert words in done.output
    assert Account.objects.count() == 1


def test_who_only_administers_needs_no_officer(ali: Officer) -> None:
    done = CliRunner().invoke(app, ["account", "add", "naveed", "--administers"])
    assert done.exit_code == 0, done.output
    assert Account.objects.get().administers
