"""P13: receipts cannot be guessed.

Guesses by the million against the limiter, on the clock of its rules; what their rate means in years;
and that a wrong receipt costs the same work as one that never was, so that nothing tells a guesser
how near he is. `PROOF_GUESSES` sets how many; `make prove` tries a million.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Any

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from tests.device import Device
from tests.district import District, filed

from mohalla.foundation import identifiers, limiter
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.models import Report

GUESSES = int(os.environ.get("PROOF_GUESSES", "20000"))
MINUTE, YEAR = 60, 365.25 * 24 * 3600
SPACE = 10 ** (identifiers.RECEIPT_LENGTH - 2)  # the last two digits follow from the others
WORKERS = 8  # web processes of a large installation; each has a budget of its own
REPORTS = 100_000  # receipts in force in a district
LEAST_YEARS = 1_000
SCRYPTS = 1_000_000  # a second: some three hundred graphics cards, at 32 MiB a guess


def years(*, per_second: float, targets: int = 1) -> float:
    """Until a first hit is as likely as not: half the space, shared by the targets."""
    return SPACE / targets / 2 / per_second / YEAR


@pytest.fixture(autouse=True)
def as_in_production(settings: Any) -> Iterator[None]:
    settings.DEMO = False
    limiter.forget()
    yield
    limiter.forget()


class Clock:
    """The time of the rules; a guesser loses none of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun = self.now = 1_800_000_000.0
        monkeypatch.setattr(time, "time", lambda: self.now)

    def guess(self, guesses: int, requests: list[HttpRequest]) -> float:
        """So many are let through, as fast as the rules allow; how many a second that was."""
        passed, source = 0, cycle(requests)
        while passed < guesses:
            wait = limiter.wait(next(source), what="receipt")
            passed += not wait
            self.now += wait
        return passed / max(self.now - self.begun, 1)


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def requests(*addresses: str, **headers: str) -> list[HttpRequest]:
    made = RequestFactory()
    return [made.post("/track/", REMOTE_ADDR=address, **headers) for address in addresses]


def test_promise_P13_a_million_guesses_take_longer_than_anybody_waits(
    rules: Clock, figure: Any
) -> None:
    """From all hosts of one network, which count as one."""
    rate = rules.guess(GUESSES, requests(*(f"203.0.113.{host}" for host in range(1, 255))))
    assert rate <= 60 / MINUTE * 1.01
    one_network = years(per_second=rate * WORKERS, targets=REPORTS)
    this_person = years(per_second=rate * WORKERS * 1_000)
    assert one_network > LEAST_YEARS
    assert this_person > LEAST_YEARS
    figure(
        f"{GUESSES:,} guesses: {rate:.2f} a second and process; the first of {REPORTS:,} receipts"
        f" after {one_network:,.0f} years from one network, one person's after"
        f" {this_person:,.0f} years from a thousand"
    )


@pytest.mark.parametrize(
    ("proxies", "made"),
    [
        (0, lambda n: requests("203.0.113.9", HTTP_X_FORWARDED_FOR=f"198.51.{n % 250}.1")),
        (1, lambda n: requests("127.0.0.1", HTTP_X_FORWARDED_FOR=f"198.51.{n % 250}.1, 203.0.113.9")),
        (0, lambda n: requests(f"2001:db8:0:{n % 250:x}::{n:x}")),
    ],
    ids=["a header of one's own", "a chain of one's own", "the networks of one IPv6 line"],
)  # fmt: skip
def test_promise_P13_no_budget_is_won_by_other_addresses(
    rules: Clock, settings: Any, proxies: int, made: Callable[[int], list[HttpRequest]]
) -> None:
    settings.TRUSTED_PROXIES = proxies
    many = [one for number in range(500) for one in made(number)]
    assert sum(not limiter.wait(one, what="receipt") for one in many) == 60
    elsewhere = requests("198.18.7.7", HTTP_X_FORWARDED_FOR="198.18.7.7")[0]
    assert limiter.wait(elsewhere, what="receipt") == 0, "somebody else is not held up"


def test_promise_P13_many_at_once_win_nothing(rules: Clock) -> None:
    many = requests(*["203.0.113.9"] * 800)
    with ThreadPoolExecutor(16) as pool:
        passed = sum(not wait for wait in pool.map(lambda one: limiter.wait(one, what="receipt"), many))  # fmt: skip
    assert passed == 60


def test_promise_P13_both_doors_share_the_budget_and_say_so(district: District) -> None:
    """Page and API: 60 together; the 61st is refused with the time to wait, a right one too."""
    _case, receipt = filed(district, text="told")
    browser = Client(headers={"accept-language": "en"}, REMOTE_ADDR="203.0.113.9")
    for number in range(60):
        wrong = f"{number:018d}00"
        answered = (
            browser.post("/track/", {"receipt": wrong}) if number % 2 else _by_api(browser, wrong)
        )
        assert answered.status_code == 404
    for answered in (browser.post("/track/", {"receipt": receipt}), _by_api(browser, receipt)):
        assert answered.status_code == 429
        assert 0 < int(answered.headers["Retry-After"]) <= MINUTE + 1
    neighbour = Client(headers={"accept-language": "en"}, REMOTE_ADDR="198.18.7.7")
    assert neighbour.post("/track/", {"receipt": receipt}).status_code == 200


def _by_api(browser: Client, receipt: str) -> Any:
    return browser.get("/api/v1/report", headers={"Authorization": f"Receipt {receipt}"})


def test_promise_P13_a_wrong_receipt_is_the_same_work_as_none(district: District) -> None:
    """One digit beside, an old one, never given, no receipt at all: statement for statement, and
    the same page. The right one opens."""
    case, receipt = filed(district, text="told")
    beside = f"{receipt[:-1]}{(int(receipt[-1]) + 1) % 10}"
    old = receipt
    Report.objects.filter(pk=case.pk).update(receipt_lookup=identifiers.receipt_lookup("2" * 20))
    answers = {
        typed: _asked(typed) for typed in (beside, old, "1" * 20, "", "none of it", "٩" * 20)
    }
    first = answers[beside]
    assert all(one == first for one in answers.values()), answers.keys()
    assert {door[1] for door in first} == {404}
    Report.objects.filter(pk=case.pk).update(receipt_lookup=identifiers.receipt_lookup(receipt))
    assert [door[1] for door in _asked(receipt)] == [200, 200]


def test_promise_P13_a_receipt_of_a_device_too(district: District) -> None:
    """Its token opens; a wrong token, a wrong receipt of a device and its own half do not."""
    case, _receipt = filed(district, text="told")
    device, other = Device(), Device()
    Report.objects.filter(pk=case.pk).update(
        receipt_lookup=identifiers.receipt_lookup(device.token)
    )
    wrong = f"{device.token[:-1]}{'0' if device.token[-1] != '0' else '1'}"
    assert _asked(wrong) == _asked(other.token) == _asked("f" * 64)
    assert [door[1] for door in _asked(wrong)] == [404, 404]
    assert [door[1] for door in _asked(device.token)] == [200, 200]
    assert [door[1] for door in _asked(device.digits)] == [200, 200], "typed without scripts"
    assert _asked(other.digits) == _asked("1" * 20)


def _asked(typed: str) -> list[tuple[list[str], int, str]]:
    """What both doors did and answered."""
    found = []
    browser = Client(headers={"accept-language": "en"})
    for ask in (
        lambda: browser.post("/track/", {"receipt": typed}),
        lambda: _by_api(browser, typed),
    ):
        statements: list[str] = []

        def kept(execute: Any, sql: str, *rest: Any, into: list[str] = statements) -> Any:
            into.append(sql)
            return execute(sql, *rest)

        limiter.forget()
        with connection.execute_wrapper(kept):
            response = ask()
        page = response.content.decode()
        page = page.replace(typed, "·") if typed else page
        page = re.sub(r'nonce[-=]"?[\w+/=-]+|(?<=csrfmiddlewaretoken" value=")\w+', "", page)
        found.append((statements, response.status_code, re.sub(r'value="·?"', "", page)))
    return found


def test_promise_P13_the_database_alone_prints_no_receipt(
    district: District, settings: Any, tmp_path: Any
) -> None:
    """What is kept is a hash with a key that lies outside database and backups."""
    case, receipt = filed(district, text="told")
    kept = Report.objects.get(pk=case.pk).receipt_lookup
    assert reports.by_receipt(receipt) is not None
    settings.KEYS_DIR = tmp_path / "other keys"
    assert identifiers.receipt_lookup(receipt) != kept
    assert reports.by_receipt(receipt) is None
    assert identifiers.receipt_for(case.pk, 1) != receipt


def test_promise_P13_what_a_stolen_database_costs(figure: Any) -> None:
    """A sealed report's key is sealed to what follows of twenty digits: each guess is a scrypt."""
    begun = time.process_time()
    for number in range(3):
        identifiers.token_of(f"{number:020d}")
    each = (time.process_time() - begun) / 3
    assert each > 0.02, "guesses became cheap"
    one = years(per_second=SCRYPTS)
    assert one > LEAST_YEARS
    any_of_many = years(per_second=SCRYPTS, targets=1_000)
    figure(
        f"one guess takes {each * 1000:.0f} ms of a processor; at {SCRYPTS:,} a second a sealed"
        f" report opens after {one:,.0f} years, the first of a thousand after {any_of_many:,.0f}"
    )
