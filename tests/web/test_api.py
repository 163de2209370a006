"""The API as outside programs rely on it: shapes, refusals, limits."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.counter import HOUR, NOON, SINCE, proposed

from mohalla.foundation import clock, limiter
from mohalla.foundation.reports.models import Report
from mohalla.foundation.units import queries as units
from mohalla.site.demo import district
from mohalla.station.casework.models import Case

REPORTS = "/api/v1/reports"
KEY = "a-key-of-sixteen-or-more"
LAMP = {"category": "street_light", "text": "The lamp is broken", "language": "en",
        "place": {"mohalla": "gul-bagh"},
        "contact": {"phone": "0300 2220001", "safe_hours": "9-21"}}  # fmt: skip


@pytest.fixture(autouse=True)
def _district(db: None) -> Iterator[None]:
    units.forget()
    limiter.forget()
    district.build(since=SINCE)
    with clock.fixed(NOON):
        yield
    units.forget()
    limiter.forget()


def post(body: Any, *, key: str = "", client: Client | None = None, **headers: str) -> HttpResponse:
    given = {"Accept-Language": "en"} | headers | ({"Idempotency-Key": key} if key else {})
    data = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return (client or Client()).post(REPORTS, data, content_type="application/json", headers=given)


def mine(receipt: str, path: str = "", body: Any = None, **headers: str) -> HttpResponse:
    given = {"Accept-Language": "en", "Authorization": f"Receipt {receipt}"} | headers
    if body is None:
        return Client().get(f"/api/v1/report{path}", headers=given)
    return Client().post(
        f"/api/v1/report{path}", json.dumps(body), content_type="application/json", headers=given
    )


def problem(response: HttpResponse, status: int) -> dict[str, Any]:
    """Every refusal is an RFC 9457 document that says its own status."""
    assert response.status_code == status, response.content[:500]
    assert response["Content-Type"].startswith("application/problem+json")
    found = json.loads(response.content)
    assert found["status"] == status
    assert found["type"].startswith("urn:mohalla:")
    assert found["title"]
    return dict(found)


def filed(**more: Any) -> tuple[str, Case]:
    answer = post(LAMP | more).json()
    return answer["receipt"], Case.objects.select_related("report", "unit").get(
        reference=answer["reference"]
    )


def test_a_report_is_answered_with_reference_receipt_and_promise() -> None:
    response = post(LAMP)
    assert response.status_code == 201
    answer = response.json()
    assert set(answer) == {"reference", "receipt", "promise", "track_url", "acknowledgement"}
    assert len(answer["reference"]) == 7
    assert not set(answer["reference"]) & set("0O1I")
    assert len(answer["receipt"]) == 20
    assert answer["receipt"].isdigit()
    assert answer["receipt"] not in answer["track_url"]
    promise = answer["promise"]
    assert set(promise) == {"kind", "state", "due_at", "owner", "next_owner"}
    assert (promise["kind"], promise["state"]) == ("contact", "open")
    assert promise["due_at"].startswith("2026-11-17T15:00")
    assert promise["owner"] == {"rank": "ASI", "name": "Ali Raza", "desk": "Station",
                                "unit": "Thana Chinar"}  # fmt: skip
    assert promise["next_owner"]["unit"] == "SDPO Sangbagh"
    assert not Report.objects.filter(receipt_lookup=answer["receipt"]).exists()


def test_text_alone_is_enough_and_an_unknown_landmark_is_accepted() -> None:
    for body in ({"text": "help"}, {"text": "x", "place": {"landmark": "chowk ke pas"}},
                 {"text": "x", "place": {"lat": 23.5, "lon": 63.5}},
                 {"text": "x", "place": {"lat": -60, "lon": 0}},
                 {"text": "x", "place": {"unit": "thana-chinar"}}):  # fmt: skip
        assert post(body).status_code == 201, body


def test_the_same_key_gives_the_same_answer_and_nothing_new() -> None:
    first, second = post(LAMP, key=KEY), post(LAMP, key=KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Report.objects.count() == 1
    assert Case.objects.count() == 1


def test_the_same_key_with_another_body_is_a_conflict() -> None:
    post(LAMP, key=KEY)
    problem(post(LAMP | {"text": "something else"}, key=KEY), 409)
    assert Report.objects.count() == 1


@pytest.mark.parametrize("key", ["x", "x" * 15, "x" * 129])
def test_a_key_of_the_wrong_length_is_refused(key: str) -> None:
    problem(post(LAMP, key=key), 400)
    assert not Report.objects.exists()


def test_keys_of_16_and_128_characters_are_taken() -> None:
    assert [post(LAMP, key="k" * n).status_code for n in (16, 128)] == [201, 201]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"text": ""}, 422),
        ({"text": "   \n "}, 422),
        ({"text": "x" * 20_001}, 422),
        ({"text": "x", "category": "no_such_thing"}, 422),
        ({"text": "x", "nonsense": 1}, 422),
        ({"text": 7}, 422),
        ({"text": None}, 422),
        ({"text": "x", "place": {"lat": 91, "lon": 0}}, 422),
        ({"text": "x", "place": {"lat": "north", "lon": 0}}, 422),
        ({"text": "x", "happened_at": "2027-01-01T00:00:00Z"}, 422),
        ({"text": "x", "happened_at": "yesterday"}, 422),
        ({"text": "x", "happened_at": "0001-01-01T00:00:00+14:00"}, 422),
        ({"text": "x", "contact": {"phone": "12"}}, 422),
        ({"text": "x", "contact": {"phone": "03002220001", "safe_hours": "at night"}}, 422),
        ({"text": "x", "attachments": ["not-a-uuid"]}, 422),
        ({"text": "x", "attachments": ["00000000-0000-7000-8000-000000000000"]}, 422),
        ([], 422),
        (None, 422),
        ("", 422),
        ("{", 400),
        ("nonsense", 400),
        (b"\xff\xfe", 400),
        ('{"text": "x", "place": {"lat": NaN, "lon": 0}}', 400),
        ('{"text": "x", "place": {"lat": -Infinity, "lon": 0}}', 400),
        ('{"text": "x", "place": {"lat": 1e999, "lon": 0}}', 422),
        ('{"text": "x", "\\udfff": 1}', 422),
        ("[" * 100_000, 400),
        ('{"text": ' + "[" * 50_000 + "]" * 50_000 + "}", 400),
        (json.dumps({"text": "x" * 1_000_000}), 413),
        ("x" * 1_000_000, 413),
    ],
    ids=lambda value: str(value)[:60],
)
def test_bad_input_is_refused_as_a_problem(body: Any, status: int) -> None:
    client = Client(raise_request_exception=False)
    found = post(body, client=client)
    assert problem(found, status)
    assert not Report.objects.exists()


@pytest.mark.parametrize("escape", ["\\u0000", "\\ud800", "\\udfff"])
def test_what_cannot_be_stored_takes_nothing_else_with_it(escape: str) -> None:
    """A NUL or half a character becomes U+FFFD; all around it stays as typed."""
    sent = f'{{"text": "before{escape}after", "category": "street_light", "language": "en"}}'
    assert post(sent, client=Client(raise_request_exception=False)).status_code == 201
    assert Report.objects.get().body == "before\ufffdafter"


@pytest.mark.parametrize(
    "more",
    [
        {"category": "a\0b"},
        {"about_unit": "a\0b"},
        {"about_officer": "a\0b"},
        {"language": "u\0r"},
        {"place": {"mohalla": "gul\0-bagh"}},
        {"place": {"landmark": "a\0b"}, "category": "street_light"},
        {"contact": {"email": "a\0b@example.org"}},
    ],
    ids=str,
)
def test_a_nul_in_a_short_field_breaks_nothing(more: dict[str, Any]) -> None:
    response = post({"text": "x"} | more, client=Client(raise_request_exception=False))
    assert response.status_code in {201, 422}, response.content[:300]


def test_a_nul_in_a_reason_breaks_nothing() -> None:
    receipt, case = filed()
    proposed(case, at=NOON)
    assert mine(receipt, "/verdict", {"verdict": "dispute", "reason": "a\0b"}).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded",
                                  "multipart/form-data; boundary=x"])  # fmt: skip
def test_another_content_type_is_no_crash(kind: str) -> None:
    client = Client(raise_request_exception=False)
    response = client.post(REPORTS, "text=x", content_type=kind, headers={"Accept-Language": "en"})
    assert 400 <= response.status_code < 500
    assert response["Content-Type"].startswith("application/problem+json")


def test_unknown_and_malformed_receipts_look_the_same() -> None:
    receipt, _case = filed()
    answers = {mine(typed).content for typed in (
        "00000000000000000000", "1", "", "nonsense", receipt[:-1], receipt + "1", "٣" * 20,
    )}  # fmt: skip
    answers.add(Client().get("/api/v1/report", headers={"Accept-Language": "en"}).content)
    answers.add(mine("", Authorization=f"Bearer {receipt}").content)
    assert len(answers) == 1
    problem(mine("1"), 404)
    for path, body in (("/messages", {"text": "x"}), ("/verdict", {"verdict": "confirm"}),
                       ("/withdrawal", {}), ("/reopening", {}), ("/contact", {})):  # fmt: skip
        assert mine("1", path, body).content in answers


def test_the_receipt_opens_it_in_any_grouping_and_script() -> None:
    receipt, case = filed()
    spaced = " ".join(receipt[i : i + 4] for i in range(0, 20, 4))
    for typed in (receipt, spaced):
        assert mine(typed).json()["reference"] == case.reference


def test_following_shows_stage_promises_and_messages() -> None:
    receipt, case = filed()
    seen = mine(receipt).json()
    assert {"reference", "stage", "stage_name", "timeline", "promises", "messages",
            "proposed_outcome"} <= set(seen)  # fmt: skip
    assert (seen["stage"], seen["proposed_outcome"], seen["messages"]) == ("received", None, [])
    assert [row["stage"] for row in seen["timeline"]] == ["received"]
    kinds = {row["kind"]: row for row in seen["promises"]}
    assert {"acknowledge", "contact", "outcome"} <= set(kinds)
    assert kinds["acknowledge"]["state"] == "kept"
    assert mine(receipt, **{"Accept-Language": "ur"}).json()["stage_name"] != seen["stage_name"]
    assert case.report.receipt_lookup != receipt


def test_a_message_makes_one_promise_to_answer() -> None:
    receipt, _case = filed()
    mine(receipt, "/messages", {"text": "Any news?"})
    seen = mine(receipt, "/messages", {"text": "Please"}).json()
    assert [row["text"] for row in seen["messages"]] == ["Any news?", "Please"]
    assert [row["kind"] for row in seen["promises"]].count("answer") == 1
    problem(mine(receipt, "/messages", {"text": "  "}), 422)
    problem(mine(receipt, "/messages", {}), 422)


def test_the_verdict_is_hers() -> None:
    receipt, case = filed()
    problem(mine(receipt, "/verdict", {"verdict": "confirm"}), 409)
    proposed(case, at=NOON)
    shown = mine(receipt).json()["proposed_outcome"]
    assert shown["what_done"] == "Bulb replaced"
    problem(mine(receipt, "/verdict", {"verdict": "perhaps"}), 422)
    seen = mine(receipt, "/verdict", {"verdict": "dispute", "reason": "still dark"}).json()
    assert seen["stage"] == "received"
    assert "decision" in {row["kind"] for row in seen["promises"]}
    case.refresh_from_db()
    proposed(case, at=NOON, who="rashid", words="New pole")
    assert mine(receipt, "/verdict", {"verdict": "confirm"}).json()["stage"] == "closed"
    problem(mine(receipt, "/verdict", {"verdict": "confirm"}), 409)


def test_withdrawal_is_a_request_and_reopening_lasts_90_days() -> None:
    receipt, case = filed()
    assert mine(receipt, "/withdrawal", {}).json()["stage"] == "received"
    case.refresh_from_db()
    assert case.withdrawal_asked_at == NOON
    proposed(case, at=NOON)
    mine(receipt, "/verdict", {"verdict": "confirm"})
    with clock.fixed(NOON + timedelta(days=91)):
        problem(mine(receipt, "/reopening", {}), 409)
    with clock.fixed(NOON + HOUR):
        assert mine(receipt, "/reopening", {"reason": "dark again"}).json()["stage"] != "closed"


def test_contact_is_changed_and_removed() -> None:
    receipt, case = filed()
    alive = case.report.contacts.filter(removed_at=None)
    assert (
        mine(receipt, "/contact", {"phone": "0300 2220009", "safe_hours": "9-11"}).status_code
        == 200
    )
    assert alive.get().safe_to == 11
    problem(mine(receipt, "/contact", {"phone": "12"}), 422)
    problem(mine(receipt, "/contact", {"phone": "03002220009", "safe_hours": "late"}), 422)
    assert alive.count() == 1
    mine(receipt, "/contact", {})
    assert alive.count() == 0


def test_categories_are_listed_with_names_and_clocks() -> None:
    found = Client().get("/api/v1/categories").json()["categories"]
    assert len(found) > 30
    for row in found:
        assert set(row["names"]) == {"en", "ur", "ps"}
        assert row["sensitivity"] in {"C1", "C2", "C3"}
        assert row["clocks"]["contact"] > 0


def test_the_machine_readable_truth() -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    for path in ("categories", "reports", "attachments", "report", "report/messages",
                 "report/verdict", "report/withdrawal", "report/reopening", "report/contact"):  # fmt: skip
        assert f"/api/v1/{path}" in paths


def test_a_flood_is_answered_with_429_and_a_time(settings: Any) -> None:
    settings.DEMO = False
    answers = [post({"text": ""}).status_code for _ in range(121)]
    assert answers[-1] == 429
    assert 429 not in answers[:120]
    last = post(LAMP)
    assert problem(last, 429)["retry_after"] == int(last["Retry-After"])
    assert 0 < int(last["Retry-After"]) <= 61
    limiter.forget()
    assert post(LAMP).status_code == 201


def test_the_demonstration_on_loopback_is_not_limited(settings: Any) -> None:
    settings.DEMO = True
    assert 429 not in {post({"text": ""}).status_code for _ in range(130)}


def statements(act: Callable[[], HttpResponse]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert act().status_code in {200, 201}
    return len([row for row in seen if "SAVEPOINT" not in row["sql"]])


def test_few_statements() -> None:
    """The budget of the two addresses that everybody uses."""
    receipt, _case = filed()
    assert statements(lambda: post(LAMP, key=KEY)) <= 20
    for text in range(5):
        mine(receipt, "/messages", {"text": str(text)})
    assert statements(lambda: mine(receipt)) <= 16


def test_a_reference_that_is_taken_already_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = post(LAMP)
    taken = json.loads(first.content)["reference"]
    drawn = iter([taken, taken, "9ZZ9ZZ9"])
    monkeypatch.setattr("mohalla.foundation.identifiers.new_reference", lambda: next(drawn))
    second = post(LAMP)
    assert (second.status_code, json.loads(second.content)["reference"]) == (201, "9ZZ9ZZ9")
    assert Report.objects.count() == 2


def test_what_only_pages_need_is_not_done_for_programs(client: Client) -> None:
    """A program is known by its receipt alone, whatever cookies it sends; a page keeps its guards."""
    client.cookies["s"] = "forged"
    with CaptureQueriesContext(connection) as asked:
        answer = client.get("/api/v1/categories")
    assert answer.status_code == 200
    assert not answer.cookies
    assert [row for row in asked if "session" in row["sql"]] == []
    assert not hasattr(answer.wsgi_request, "user")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    page = client.get("/en/report/")
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert hasattr(page.wsgi_request, "user")


WRONG = [
    ({"text": 7}, "string_type", "#/text", "This must be text."),
    ({"text": "x", "nonsense": 1}, "extra_forbidden", "#/nonsense", "There is no such field here."),
    ({"text": "x" * 20_001}, "string_too_long", "#/text", "This is longer than 20000 letters."),
    ({"text": "x", "place": {"lat": 91}}, "less_than_equal", "#/place/lat",
     "This must not be more than 90."),
    ({"text": "x", "place": {"lat": -91}}, "greater_than_equal", "#/place/lat",
     "This must not be less than -90."),
    ({"text": "x", "place": {"lat": "n"}}, "float_parsing", "#/place/lat", "This must be a number."),
    ({"text": "x", "place": "x"}, "model_type", "#/place",
     "This must be an object with fields of its own."),
    ({"text": "x", "happened_at": "yesterday"}, "datetime_from_date_parsing", "#/happened_at",
     "This must be a date and time as in ISO 8601."),
    ({"text": "x", "attachments": ["x"]}, "uuid_parsing", "#/attachments/0",
     "This must be the id that an upload gave."),
    ({"text": "x", "attachments": ["0" * 32] * 13}, "too_long", "#/attachments",
     "These are more than 12."),
    ({"text": "x", "attachments": "x"}, "list_type", "#/attachments", "This must be a list."),
    ({"text": "x", "contact": {"discreet": "x"}}, "bool_parsing", "#/contact/discreet",
     "This must be true or false."),
    ({"text": "x", "a/b~c": 1}, "extra_forbidden", "#/a~1b~0c", "There is no such field here."),
]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "kind", "pointer", "words"), WRONG, ids=lambda value: str(value)[:40]
)
def test_what_is_wrong_is_said_in_the_readers_language_and_pointed_at(
    body: Any, kind: str, pointer: str, words: str
) -> None:
    told = {
        code: problem(post(body, **{"Accept-Language": code}), 422)["errors"]
        for code in ("en", "ur", "ps")
    }
    (en,), (ur,), (ps,) = told["en"], told["ur"], told["ps"]
    assert (en["kind"], en["pointer"], en["what"]) == (kind, pointer, words)
    for other in (ur, ps):
        assert (other["kind"], other["pointer"], other["where"]) == (kind, pointer, en["where"])
        assert re.search("[\u0600-\u06ff]", other["what"])
        assert "%(" not in other["what"]
    assert ur["what"] != ps["what"]


def test_a_missing_field_and_a_wrong_choice_are_told_too() -> None:
    receipt, case = filed()
    proposed(case, at=NOON)
    (missing,) = problem(mine(receipt, "/verdict", {}), 422)["errors"]
    assert (missing["pointer"], missing["what"]) == ("#/verdict", "This field is missing.")
    (choice,) = problem(mine(receipt, "/verdict", {"verdict": "maybe"}), 422)["errors"]
    assert "'confirm'" in choice["what"]
    no_file = problem(Client().post("/api/v1/attachments", headers={"Accept-Language": "ur"}), 422)
    assert no_file["errors"][0]["what"] == "یہ خانہ نہیں بھیجا گیا۔"
