"""P09: every address has a right of its own, and nobody goes in who has none.

`tests/golden/access.csv` names every address: who may go in, and what a stranger meets;
`tests/golden/rights.csv` says for each such right what every role meets in front of what is its own,
another desk's, another district's, and nobody's. All of it is tried: each address, each method, each
role, each relation, in a district where everybody has one of everything (`tests/world.py`).

`who`: anonymous (everybody) | receipt (the twenty digits) | demo (404 outside a demonstration) |
gateway | operator (of the machine) | staff (whoever is signed in) | officer | posted (works at a desk
today) | administers | outside (the force) | or whose own the thing in the address must be: case,
claim, question (asked, or to be answered), desk, desk key (who holds it), share, … `anonymous`: the answer to each method, in the
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
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse
from tests.district import NOON, build
from tests.world import NONE, OTHER_DISTRICT, OTHER_UNIT, OWN, RELATIONS, ROLES, World

from mohalla.foundation import clock, limiter
from mohalla.foundation.units import queries as units
from mohalla.site.demo import district

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[1] / "golden/access.csv"
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


def test_promise_P09_every_address_has_a_row() -> None:
    known = {row.path for row in table()}
    lines = []
    for path in sorted(set(addresses()) - known):
        answers = [answer(Client(), path, method) for method in METHODS]
        lines.append(f"{path},{' '.join(METHODS)},?,{' '.join(answers)}")
    assert not lines, "not in tests/golden/access.csv:\n" + "\n".join(lines)


def test_promise_P09_every_row_has_an_address() -> None:
    found = list(addresses())
    assert sorted(row.path for row in table() if row.path not in found) == []
    paths = [row.path for row in table()]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("row", table(), ids=lambda row: row.path)
def test_promise_P09_what_a_stranger_meets(row: Row, settings: Any) -> None:
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
def test_promise_P09_doors_for_staff_open_for_nobody_else(row: Row) -> None:
    if row.who not in SAME:
        assert set(row.anonymous) <= {"sign-in", "404", "403", "405"}, "a stranger gets in"
    if row.who == "receipt":
        # the last method carries the receipt; a page before it is where it is typed
        assert row.anonymous[-1] in {"404", "422"}, "opens without a receipt"


# --- all roles, all relations

RIGHTS = TABLE.with_name("rights.csv")
ODD = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
# whose right it is -> what of the world stands in the brackets
OBJECTS = {"desk key": "desk", "keyed desk": "desk", "asker": "recovery", "any passkey": "passkey"}
SAME = ("anonymous", "receipt", "demo", "gateway", "operator")  # signing in adds nothing here
OPEN = ("anonymous", "receipt")  # these show a page before anything is typed
UNTRIED = "-"  # the world has none of it


def rights() -> dict[tuple[str, str], dict[str, str]]:
    with RIGHTS.open(newline="") as opened:
        return {(row.pop("who"), row.pop("relation")): row for row in csv.DictReader(opened)}


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> Iterator[World]:
    settings.DEMO, settings.FILES_DIR = False, tmp_path / "files"
    settings.ORIGIN = "https://testserver"  # with passkeys
    limiter.forget()
    units.forget()
    with clock.fixed(NOON):
        yield World(build(NOON))


def met(world: World, client: Client, row: Row, method: str, role: str, relation: str) -> str:
    """in | 404 | sign-in | 403 | 405; whatever was changed is undone."""
    given = world.found(OBJECTS.get(row.who, row.who), role, relation)
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: given[found[1]], row.path)
    body = world.body(row.path, role, relation) if method == "POST" else {}
    cookies = client.cookies.output()
    limiter.forget()
    undone = transaction.atomic()
    undone._from_testcase = True  # type: ignore[attr-defined] # some acts want to be the outermost
    with undone:
        response = client.generic(method, path) if method in ODD else getattr(
            client, method.lower())(path, body)  # fmt: skip
        transaction.set_rollback(True)
    if method != "GET":
        units.forget()
        client.cookies.load(cookies)
    if response.status_code == 302 and response.headers["Location"].startswith("/sign-in/"):
        return "sign-in"
    assert response.status_code < 500, (row.path, method, role, relation)
    return str(response.status_code) if response.status_code in {403, 404, 405} else "in"


def test_promise_P09_every_right_stands_in_the_table_for_every_role_and_relation() -> None:
    known = rights()
    for row in table():
        if row.who in SAME:
            continue
        relations = RELATIONS if "<" in row.path else ("",)
        assert [one for one in relations if (row.who, one) not in known] == [], row.path
    assert {who for who, _relation in known} <= {row.who for row in table()}
    assert all(list(cells) == list(ROLES) for cells in known.values())


@pytest.mark.once
@pytest.mark.parametrize("role", ROLES)
def test_promise_P09_every_address_method_role_and_relation(
    world: World, role: str, figure: Any
) -> None:
    client, known, tried, opened = world.client(role), rights(), 0, 0
    wrong = []
    for row in table():
        for method, stranger in zip(row.methods, row.anonymous, strict=True):
            for relation in RELATIONS if "<" in row.path and row.who not in SAME else ("",):
                wanted = known.get((row.who, relation), {}).get(role, "")
                if wanted == UNTRIED:
                    continue
                if row.who in SAME:  # whoever signs in finds nothing more there
                    wanted = met(world, Client(), row, method, "nobody", relation)
                    assert wanted == "404" or row.who in OPEN
                elif stranger == "405":
                    wanted = "405"
                for each in _with_head(row, method):
                    found = met(world, client, row, each, role, relation)
                    tried, opened = tried + 1, opened + (found == "in")
                    if found != wanted:
                        wrong.append((row.path, each, relation, f"{found} instead of {wanted}"))
    assert not wrong, "\n".join(map(str, wrong))
    assert opened > 0, "doors that never open prove nothing"
    if role == "head":
        figure(
            f"one of {len(ROLES)} roles: {tried} requests, {opened} let in, each as the tables say"
        )


def _with_head(row: Row, method: str) -> tuple[str, ...]:
    """HEAD goes where GET goes, but for programs: those know their own methods only."""
    page = method == "GET" and row.who != "gateway" and not row.path.startswith("/api/")
    return ("GET", "HEAD") if page else (method,)


@pytest.mark.once
@pytest.mark.parametrize("role", ["nobody", "head"])
def test_promise_P09_no_address_knows_another_method(world: World, role: str) -> None:
    client = world.client(role)
    for row in table():
        for method in ODD:
            for relation in (OWN, NONE):
                found = met(world, client, row, method, role, relation)
                assert found == "405", (row.path, method)


FILES = [row.path for row in table() if "<str:reference>" in row.path and "<uuid:key>" in row.path]


@pytest.mark.parametrize("path", FILES)
def test_promise_P09_an_own_case_opens_no_file_of_another(world: World, path: str) -> None:
    """My reference with somebody else's file, and the other way round."""
    client, own = world.client("head"), world.found("case", "head", OWN)
    address = path.replace("<str:reference>", "{reference}").replace("<uuid:key>", "{key}")
    for relation in (OTHER_UNIT, OTHER_DISTRICT, NONE):
        theirs = world.found("case", "head", relation)
        for mixed in (own | {"key": theirs["key"]}, theirs | {"key": own["key"]}):
            assert client.get(address.format(**mixed)).status_code == 404, relation
    assert client.get(address.format(**own)).status_code == 200


@pytest.mark.parametrize("row", [row for row in table() if row.who == "receipt"],
                         ids=lambda row: row.path)  # fmt: skip
def test_promise_P09_what_a_receipt_opens_it_opens_for_its_holder_only(
    world: World, row: Row
) -> None:
    """Also beside a session: an officer with no receipt, or with a stranger's file, gets nothing."""
    mine, other = world.desks["station_a"], world.desks["womens_desk"]
    for client in (world.client("nobody"), world.client("dpo"), world.client("outside")):
        assert _by_receipt(client, row, mine.receipt, mine.file) == "in"
        assert _by_receipt(client, row, "1" * 20, mine.file) == "404"
        assert _by_receipt(client, row, "", mine.file) == "404"
        if "<key>" in row.path:
            assert _by_receipt(client, row, mine.receipt, other.file) == "404"
            assert _by_receipt(client, row, other.receipt, other.file) == "in"


def _by_receipt(client: Client, row: Row, receipt: str, file: object) -> str:
    limiter.forget()
    path, method = row.path.replace("<key>", str(file)), row.methods[-1]
    if not path.startswith("/api/"):
        response: Any = client.post(path, {"receipt": receipt})
    else:
        headers = {"Authorization": f"Receipt {receipt}"} if receipt else {}
        data = {"data": b"{}", "content_type": "application/json"} if method == "POST" else {}
        response = client.generic(method, path, headers=headers, **data)
    assert response.status_code < 500
    return "404" if response.status_code == 404 else "in"


def test_promise_P09_figures_of_the_machine_need_its_token(world: World, settings: Any) -> None:
    settings.METRICS_TOKEN = "t" * 32
    for role in ROLES:
        client = world.client(role)
        assert client.get("/metrics").status_code == 404, role
        wrong = client.get("/metrics", headers={"Authorization": f"Bearer {'u' * 32}"})
        assert wrong.status_code == 404
        right = client.get("/metrics", headers={"Authorization": f"Bearer {'t' * 32}"})
        assert right.status_code == 200
