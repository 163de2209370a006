"""The API against programs that are broken or mean it: always a problem document, never a fault."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from tests.counter import NOON, SINCE

from mohalla.foundation import clock, limiter
from mohalla.foundation.reports.models import Report
from mohalla.foundation.units import queries as units
from mohalla.site.demo import district

REPORTS = "/api/v1/reports"
RECEIPT = {"Authorization": "Receipt 00000000000000000000"}


@pytest.fixture(autouse=True)
def _district(db: None) -> Iterator[None]:
    units.forget()
    limiter.forget()
    district.build(since=SINCE)
    with clock.fixed(NOON):
        yield
    units.forget()
    limiter.forget()


def send(
    body: bytes | str, kind: str = "application/json", *, path: str = REPORTS, method: str = "POST",
    language: str = "en", **extra: Any,
) -> HttpResponse:  # fmt: skip
    client = Client(raise_request_exception=False)
    headers = {"Accept-Language": language} | extra.pop("headers", {})
    return client.generic(method, path, body, kind, headers=headers, **extra)


def problem(response: HttpResponse, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == "application/problem+json"
    found = json.loads(response.content)
    assert found["status"] == status
    assert found["type"].startswith("urn:mohalla:")
    assert found["title"]
    return dict(found)


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "application/xml", "text/json", "", "application/jsonp", "json", "*/*"],
)  # fmt: skip
def test_json_is_sent_as_json(kind: str) -> None:
    assert "application/json" in problem(send('{"text": "x"}', kind), 415)["title"]
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "kind",
    ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.x+json"],
)  # fmt: skip
def test_json_by_its_other_names_is_taken(kind: str) -> None:
    assert send('{"text": "x"}', kind).status_code == 201


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "latin-1", "cp1256"])
def test_only_utf_8(charset: str) -> None:
    body = '{"text": "caf\u00e9"}'.encode(charset)
    problem(send(body, f"application/json; charset={charset}"), 400)
    problem(send(body), 400)


def test_a_byte_order_mark_does_no_harm() -> None:
    assert send(b"\xef\xbb\xbf" + '{"text": "بتی"}'.encode()).status_code == 201
    assert Report.objects.filter(category="").count() == 1


@pytest.mark.parametrize(
    "body",
    ['{"text": "one", "text": "two"}', '{"text": "x", "place": {"lat": 1, "lat": 2}}',
     '{"category": "", "text": "x", "category": "bribe"}'],
)  # fmt: skip
def test_a_name_that_stands_twice_is_not_guessed(body: str) -> None:
    assert "twice" in problem(send(body), 400)["title"]


@pytest.mark.parametrize(
    "body",
    ['{"text": "x"} trailing', "{'text': 'x'}", '{"text": "x",}', '{"text": "\x01"}', "\x00", "nul",
     '{"text": "\\x"}', '{"a": ' * 40_000, '"' + "x" * 100, "1" * 5_000, b"\x80", "--", "[1e400"],
    ids=lambda body: repr(body)[:24],
)  # fmt: skip
def test_what_is_not_json(body: str | bytes) -> None:
    problem(send(body), 400)


@pytest.mark.parametrize("body", ["1" * 4_000, "1e400", "-1e400", '"text"', "true", "[[]]", "null"])
def test_what_is_json_and_no_report(body: str) -> None:
    problem(send(body), 422)


def test_chunks_without_an_end_are_not_waited_for() -> None:
    class Endless:
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("somebody waits for it")

        readline = read

    extra: Any = {"wsgi.input": Endless(), "CONTENT_LENGTH": ""}
    response = send(b"", headers={"Transfer-Encoding": "chunked"}, **extra)
    assert "Content-Length" in problem(response, 411)["title"]


@pytest.mark.parametrize(
    "length", ["-1", "many", "1e3", " 12", "٣", "0x10", "18446744073709551616"]
)
def test_a_length_that_lies(length: str) -> None:
    response = send('{"text": "x"}', CONTENT_LENGTH=length)
    assert 400 <= response.status_code < 500
    problem(response, response.status_code)


def test_a_body_that_ends_too_early_is_not_a_report() -> None:
    stream: Any = {"wsgi.input": io.BytesIO(b'{"text": "half of'), "CONTENT_LENGTH": "200",
                   "CONTENT_TYPE": "application/json"}  # fmt: skip
    problem(send(b"", **stream), 400)
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "QUERY", "GET"]
)
def test_other_methods(method: str) -> None:
    response = send(b"", method=method)
    assert response.status_code == 405
    assert response["Content-Type"] == "application/problem+json"
    assert "POST" in response["Allow"]


@pytest.mark.parametrize("name", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_the_method_is_not_overridden(name: str) -> None:
    problem(send('{"text": "x"}', path="/api/v1/report", headers=RECEIPT | {name: "GET"}), 405)
    problem(send('{"text": "x", "_method": "DELETE"}'), 422)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1@evil.example", "x y", "["]
)
def test_no_link_leads_to_a_host_of_the_senders_choice(host: str) -> None:
    problem(send('{"text": "x"}', headers={"Host": host}), 400)
    answer = send('{"text": "x"}', headers={"X-Forwarded-Host": "evil.example"})
    assert "evil" not in answer.json()["track_url"]


@pytest.mark.parametrize(
    "path",
    ["/api/", "/api/v2/reports", "/api/v1/reports/", "/api/v1/report/1", "/api/v1/../desk/",
     "/api/v1/%00", "/api/v1/%ff%fe", "/api/v1/reports.css", "/api/v1/case/1"],
)  # fmt: skip
def test_addresses_that_are_not_there(path: str) -> None:
    problem(send(b"", path=path, method="GET"), 404)


@pytest.mark.parametrize(
    "value",
    ["", "Receipt", "Receipt ", "receipt " + "1" * 19, "Receipt " + "1" * 10_000, "Basic eDp5",
     "Receipt \u06f1" * 20, "Receipt \x00", "Receipt 1234 5678 9012 3456 7890, x", "null", "NaN"],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_every_wrong_receipt_has_one_answer(value: str) -> None:
    known = send(b"", path="/api/v1/report", method="GET", headers=RECEIPT).content
    wrong = send(b"", path="/api/v1/report", method="GET", HTTP_AUTHORIZATION=value)
    assert wrong.content == known
    problem(wrong, 404)
    late = send("{not even json", path="/api/v1/report/messages", HTTP_AUTHORIZATION=value)
    assert late.content == known, "the receipt is asked before the body is looked at"


@pytest.mark.parametrize("language", ["ur", "ps", "en"])
def test_refusals_are_in_the_language_asked_for(language: str) -> None:
    titles = [
        problem(send("{", language=language), 400)["title"],
        problem(send("{}", "text/plain", language=language), 415)["title"],
        problem(send('{"a": 1, "a": 1}', language=language), 400)["title"],
        problem(send("{}", path="/api/nothing", language=language), 404)["title"],
        problem(send("{}", method="PUT", language=language), 405)["title"],
        problem(send("{}", CONTENT_LENGTH="900000", language=language), 413)["title"],
        problem(send("{}", path="/api/v1/report", method="GET", language=language), 404)["title"],
    ]
    for title in titles:
        assert title.isascii() == (language == "en"), title


def test_a_fault_of_ours_is_a_problem_document_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_given: Any) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("mohalla.stages.access.actions.accept", broken)
    response = send('{"text": "x"}')
    assert "ours" in problem(response, 500)["title"]
    assert b"secret" not in response.content
