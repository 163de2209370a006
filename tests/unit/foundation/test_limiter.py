"""Budgets by network: counted, asked without counting, whose they are behind proxies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import RequestFactory

from mohalla.foundation import limiter


@pytest.fixture(autouse=True)
def empty(settings: Any) -> Iterator[None]:
    settings.DEMO, settings.TRUSTED_PROXIES = False, 0
    limiter.forget()
    yield
    limiter.forget()


def request(address: str, **more: str) -> Any:
    return RequestFactory().get("/", REMOTE_ADDR=address, **more)


def test_asking_does_not_count_and_counting_ends() -> None:
    here = request("203.0.113.7")
    for _each in range(50):
        assert limiter.due(here, what="sign_in") == 0
    for _each in range(20):
        assert limiter.wait(here, what="sign_in") == 0
    assert 1 <= limiter.due(here, what="sign_in") <= 61
    assert 1 <= limiter.wait(here, what="sign_in") <= 61
    assert limiter.due(here, what="claim") == 0  # each its own
    assert limiter.due(request("203.0.114.7"), what="sign_in") == 0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("203.0.113.1", "203.0.113.254", True), ("203.0.113.1", "203.0.112.1", False),
     ("2001:db8:0:1200::1", "2001:db8:0:12ff::9", True),
     ("2001:db8:0:1200::1", "2001:db8:0:1300::1", False), ("nonsense", "192.0.2.9", True)],
)  # fmt: skip
def test_a_network_is_a_prefix(one: str, other: str, same: bool) -> None:
    first, second = ({"REMOTE_ADDR": each} for each in (one, other))
    assert (limiter.network(first) == limiter.network(second)) == same


def test_only_what_our_own_proxies_saw_counts(settings: Any) -> None:
    told = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.9"}
    assert limiter.network(told) == limiter.network({"REMOTE_ADDR": "10.0.0.9"})
    settings.TRUSTED_PROXIES = 1
    settings.TRUSTED_PROXIES = 0
    behind_one = limiter.network({"REMOTE_ADDR": "203.0.113.1"})
    behind_two = limiter.network({"REMOTE_ADDR": "198.51.100.200"})
    settings.TRUSTED_PROXIES = 1
    assert limiter.network(told) == behind_one
    settings.TRUSTED_PROXIES = 2
    assert limiter.network(told) == behind_two
    settings.TRUSTED_PROXIES = 3  # fewer than promised: the connection itself
    assert limiter.network(told) not in {behind_one, behind_two}


def test_this_machine_is_exempt_in_the_demonstration_only(settings: Any) -> None:
    here = request("127.0.0.1")
    for _each in range(20):
        limiter.wait(here, what="sign_in")
    assert limiter.due(here, what="sign_in") > 0
    settings.DEMO = True
    assert limiter.due(here, what="sign_in") == 0
    assert limiter.wait(request("203.0.113.7"), what="sign_in") == 0
