"""P08: another officer cannot find me by searching.

What is somebody else's and what does not exist are one thing to whoever asks: the same statements to
the database, the same status, headers and page, letter for letter but for the id that was typed. How
long both take is measured in `benchmarks/hidden.py`: times on a shared machine are no test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from tests.district import NOON, PHONE, build, filed
from tests.promises.test_p09_every_address import OBJECTS, SAME, rights, table
from tests.world import NONE, NOTHING, OTHER_UNIT, OWN, RELATIONS, World

from mohalla.channels.sms.models import Delivery
from mohalla.foundation import clock, identifiers, limiter
from mohalla.foundation.units import queries as units
from mohalla.stages.access.actions.hear import hear

STRANGERS = ("nobody", "head", "sdpo", "outside", "transferred", "suspended", "barred")
DOORS = [row for row in table() if "<" in row.path and row.who not in SAME]
Seen = tuple[object, ...]


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> Iterator[World]:
    settings.DEMO, settings.FILES_DIR = False, tmp_path / "files"
    settings.ORIGIN = "https://testserver"
    limiter.forget()
    units.forget()
    with clock.fixed(NOON):
        yield World(build(NOON))


def seen(ask: Callable[[], Any], *typed: str) -> Seen:
    """Statements, status, headers, page; without what was typed and what is new on each page."""
    statements: list[str] = []

    def kept(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(re.sub(r"\d+", "#", sql))
        return execute(sql, params, many, context)

    limiter.forget()
    units.directory()  # read before: it is kept in memory
    undone = transaction.atomic()
    undone._from_testcase = True  # type: ignore[attr-defined] # some acts want to be the outermost
    with undone:
        with connection.execute_wrapper(kept):
            response = ask()
        transaction.set_rollback(True)
    units.forget()
    # the length follows from the page, which is compared as a whole, without the id that was typed
    headers = {
        name: _plain(value, typed)
        for name, value in response.headers.items()
        if name != "Content-Length"
    }
    return statements, response.status_code, headers, _plain(_text(response), typed)


def _text(response: Any) -> str:
    content = b"".join(response) if response.streaming else response.content
    return str(content.decode(errors="replace"))


def _plain(text: str, typed: tuple[str, ...]) -> str:
    for one in sorted(typed, key=len, reverse=True):
        text = text.replace(one, "·")
    text = re.sub(r"nonce[-=]\"?[\w+/=-]+", "nonce", text)
    return re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", text)


def through(world: World, client: Client, row: Any, method: str, role: str, relation: str) -> Seen:
    given = world.found(OBJECTS.get(row.who, row.who), role, relation)
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: given[found[1]], row.path)
    body = world.body(row.path, role, OWN) if method == "POST" else {}
    return seen(lambda: getattr(client, method.lower())(path, body), *given.values())


@pytest.mark.parametrize("role", STRANGERS)
def test_promise_P08_hidden_and_unknown_are_the_same_at_every_door(
    world: World, role: str, figure: Any
) -> None:
    client, known, compared, told = world.client(role), rights(), 0, []
    for row in DOORS:
        for method, stranger in zip(row.methods, row.anonymous, strict=True):
            if stranger == "405":
                continue
            unknown = through(world, client, row, method, role, NONE)
            for relation in RELATIONS[:-1]:
                right = known[row.who, relation][role]
                found = through(world, client, row, method, role, relation)
                if right == "in":  # the same set-up lets the right person in
                    assert found != unknown, (row.path, method)
                elif right != "-" and (row.who, relation) != ("keyed desk", OWN):  # no secret
                    compared += 1
                    told += [
                        (row.path, method, relation, part)
                        for part, one, other in zip(PARTS, found, unknown, strict=True)
                        if one != other
                    ]
    assert told == []
    if role == "head":
        figure(
            f"one of {len(STRANGERS)} strangers: {compared} answers and the statements behind them"
            " the same as for what does not exist"
        )


PARTS = ("statements", "status", "headers", "page")


def test_promise_P08_nothing_typed_into_a_form_finds_it(world: World) -> None:
    """Search by reference, receipt, words, number; another case named in a form of mine."""
    hidden, mine = world.desks["womens_desk"], world.desks["station_a"]
    head, farah = world.client("head"), world.client("womens desk")
    head.post("/desk/search/", {"q": "first"})  # whether there is an index is asked only once
    for typed in (hidden.case.reference, hidden.receipt, PHONE):
        unknown = {hidden.case.reference: "ZZZZ999", hidden.receipt: "1" * 20}.get(
            typed, "+923339999999"
        )
        answers = [
            seen(lambda one=one: head.post("/desk/search/", {"q": one}), one)
            for one in (typed, unknown)
        ]
        assert answers[0] == answers[1], typed
    assert hidden.case.reference in _page(farah.post("/desk/search/", {"q": hidden.case.reference}))
    for verb in ("link", "merge"):
        address = f"/desk/cases/{mine.case.reference}/{verb}"
        answers = [
            seen(lambda one=one, to=address: head.post(to, {"other": one, "why": "same"}), one)
            for one in (hidden.case.reference, "ZZZZ999")
        ]
        assert answers[0][1] == 422
        assert answers[0] == answers[1], verb
    other, _receipt = filed(world.district, text="a second one", category="street_light")
    linked = head.post(
        f"/desk/cases/{mine.case.reference}/link", {"other": other.reference, "why": "same"}
    )
    assert linked.status_code == 302, "what is mine is found"


def _page(response: Any) -> str:
    return str(response.content.decode())


def test_promise_P08_words_of_others_are_not_searched(world: World) -> None:
    """Ordinary matters are found by their words, at their own desk only."""
    word = "zebracrossing"
    world.client("head").post("/desk/search/", {"q": "first"})
    case, _receipt = filed(world.district, text=f"no {word} here", category="street_light")
    assert case.reference in _page(world.client("head").post("/desk/search/", {"q": word}))
    for role in ("womens desk", "sdpo", "outside", "transferred", "suspended"):
        client = world.client(role)
        found, nothing = (
            seen(lambda one=one, by=client: by.post("/desk/search/", {"q": one}), one)
            for one in (word, "zebracrossinh")
        )
        assert found == nothing, role


def test_promise_P08_a_request_for_a_new_receipt_tells_nobody_whether_there_is_a_report(
    world: World,
) -> None:
    there, nobody = world.desks["womens_desk"].case.reference, "ZZZZ999"
    browser = Client(headers={"accept-language": "en"})
    answers = []
    for reference in (there, nobody):
        told = {"reference": reference, "told": "it was me", "reach": ""}
        said = seen(lambda told=told: browser.post("/track/lost/", told), reference)
        answers.append((*said[:3], re.sub(r"\d{4}(?: \d{4}){4}|\d{20}|[\w+/]{200,}|d=\"[^\"]+\"", "·", str(said[3]))))  # fmt: skip
    assert answers[0] == answers[1]
    assert answers[0][1] == 200


def test_promise_P08_files_of_others_are_unknown_to_a_new_report(world: World) -> None:
    """Whether an upload's id exists, is used or was never given is one answer."""
    taken = str(world.desks["womens_desk"].file)
    browser = Client(headers={"accept-language": "en"})

    def send(key: str) -> Any:
        body = {"text": "a lamp", "language": "en", "attachments": [key]}
        return browser.post("/api/v1/reports", body, "application/json")

    found, unknown = (seen(lambda key=key: send(key), key) for key in (taken, NOTHING))
    assert found[1:] == unknown[1:]
    assert found[1] == 422


def test_promise_P08_a_stranger_s_phone_learns_nothing_by_reference(world: World) -> None:
    case, _receipt = filed(world.district, text="a lamp is broken", category="street_light")

    def asked(number: str, reference: str) -> list[str]:
        before = set(Delivery.objects.values_list("pk", flat=True))
        hear(key=identifiers.new_key(), number=number, text=f"HAAL {reference}", repeats=None,
             at=world.at)  # fmt: skip
        rows = Delivery.objects.exclude(pk__in=before)
        return [row.words.replace(reference, "·") for row in rows]

    stranger, owner = "+923339999999", PHONE
    assert asked(stranger, case.reference) == asked(stranger, "ZZZZ999")
    assert asked(owner, case.reference) != asked(owner, "ZZZZ999")


def test_promise_P08_the_comparison_sees_what_differs(world: World) -> None:
    """Another status, another statement or another word would be found."""
    head = world.client("head")
    desk = world.desk("head", OTHER_UNIT)
    assert desk is not None
    own = world.found("case", "head", OWN)["reference"]
    one, other = (
        seen(lambda ref=ref: head.get(f"/desk/cases/{ref}/"), ref)
        for ref in (own, desk.case.reference)
    )
    assert one[0] != other[0]
    assert (one[1], other[1]) == (200, 404)
    assert one[3] != other[3]
