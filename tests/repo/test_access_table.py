"""Every address stands in `tests/golden/access.csv`: who may go in, and what a stranger meets.

`who`: anonymous (everybody) | receipt (the twenty digits) | staff (an officer signed in) |
administers | outside (officers of a body outside the force; 404 for all others) | demo (404 outside a demonstration) |
operator (of the machine). `anonymous`: the answer to each method, in the
same order, for somebody without cookie, receipt or body; `sign-in` is a redirect to that page.
A new address fails here with the line to add; check the line before adding it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from tests.district import signed_in

from mohalla.foundation import clock
from mohalla.foundation.people.models import Account
from mohalla.foundation.units import queries as units
from mohalla.site.demo import district

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[1] / "golden/access.csv"
WHO = ("anonymous", "receipt", "staff", "administers", "outside", "demo", "gateway", "operator")
METHODS = ("GET", "POST")
SAMPLES = {"uuid": "00000000-0000-7000-8000-000000000000", "int": "0"}


@dataclass(frozen=True)
class Row:
    path: str
    methods: tuple[str, ...]
    who: str
    anonymous: tuple[str, ...]


def table() -> list[Row]:
    with TABLE.open(newline="") as opened:
        return [
            Row(row["path"], tuple(row["methods"].split()), row["who"],
                tuple(row["anonymous"].split()))
            for row in csv.DictReader(opened)
        ]  # fmt: skip


def addresses(patterns: Any = None, before: str = "/") -> Iterator[str]:
    """Every address of the product, API operations included, with its parameters in brackets."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield here
        else:
            yield from addresses(entry.url_patterns, here)


def concrete(path: str) -> str:
    """The address with something in each bracket that does not exist."""
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found[1] or "", "ZZZZ99"), path)


def answer(client: Client, path: str, method: str) -> str:
    data: dict[str, Any] = {"data": b"{}", "content_type": "application/json"}
    api = path.startswith("/api/")
    extra = data if api and method == "POST" else {}
    response = client.generic(method, concrete(path), **extra) if api else getattr(
        client, method.lower())(concrete(path))  # fmt: skip
    if response.status_code == 302 and response.headers["Location"].startswith("/sign-in/"):
        return "sign-in"
    return str(response.status_code)


@pytest.fixture(autouse=True)
def house(settings: Any, tmp_path: Path) -> Iterator[None]:
    try:
        reverse(settings.LOGIN_URL)
    except NoReverseMatch:
        settings.LOGIN_URL = "/sign-in/"
    settings.DEMO, settings.CLOCK_FILE = True, tmp_path / "clock"
    units.forget()
    district.build(since=clock.now())
    yield
    units.forget()


def test_every_address_has_a_row() -> None:
    known = {row.path for row in table()}
    lines = []
    for path in sorted(set(addresses()) - known):
        answers = [answer(Client(), path, method) for method in METHODS]
        lines.append(f"{path},{' '.join(METHODS)},?,{' '.join(answers)}")
    assert not lines, "not in tests/golden/access.csv:\n" + "\n".join(lines)


def test_every_row_has_an_address() -> None:
    found = list(addresses())
    assert sorted(row.path for row in table() if row.path not in found) == []
    paths = [row.path for row in table()]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("row", table(), ids=lambda row: row.path)
def test_what_a_stranger_meets(row: Row, settings: Any) -> None:
    assert row.who in WHO
    assert len(row.methods) == len(row.anonymous)
    for method, wanted in zip(row.methods, row.anonymous, strict=True):
        settings.DEMO = True
        assert answer(Client(), row.path, method) == wanted, method
        settings.DEMO = False
        outside = "404" if row.who == "demo" else wanted
        assert answer(Client(), row.path, method) == outside, f"{method} outside the demonstration"
    settings.DEMO = True
    for method in set(METHODS) - set(row.methods):
        assert answer(Client(), row.path, method) == "405", method


@pytest.mark.parametrize("row", table(), ids=lambda row: row.path)
def test_doors_for_staff_open_for_nobody_else(row: Row) -> None:
    if row.who in {"staff", "administers", "outside"}:
        assert set(row.anonymous) <= {"sign-in", "404", "403", "405"}, "a stranger gets in"
    if row.who == "receipt":
        # the last method carries the receipt; a page before it is where it is typed
        assert row.anonymous[-1] in {"404", "422"}, "opens without a receipt"


@pytest.mark.parametrize("row", table(), ids=lambda row: row.path)
def test_what_an_officer_meets(row: Row) -> None:
    if row.who not in {"staff", "administers", "outside"} or "GET" not in row.methods:
        pytest.skip("no page of the staff")
    client = Client()
    signed_in(client, Account.objects.get(name="ali"))
    met = answer(client, row.path, "GET")
    if row.who == "administers":
        assert met in {"403", "404", "405"}, "an officer who keeps no accounts gets in"
    elif row.who == "outside":
        assert met == "404", "an officer of the force gets in"
        signed_in(client, Account.objects.get(name="farah"))
        assert answer(client, row.path, "GET") == "200"
    elif "<" in row.path:
        assert met in {"404", "405"}, "what does not exist must look like what is hidden"
    else:
        assert met in {"200", "302", "405"}
