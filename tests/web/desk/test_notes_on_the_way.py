"""Notes taken without network: once, in order, with both clocks, for one's own cases only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client
from tests.counter import NOON, SINCE, told

from mohalla.foundation import clock
from mohalla.foundation.units import queries as directory
from mohalla.site.demo import district
from mohalla.station.casework.models import Case, Note

KEY = "5f3a2f0e-2f6a-4a2e-9a51-0d7f1f6f4a11"
QUEUE = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def _district(db: None, settings: object) -> Iterator[None]:
    settings.DEMO = True  # type: ignore[attr-defined]
    directory.forget()
    with clock.fixed(NOON):
        district.build(since=SINCE)
        yield
    directory.forget()


def signed_in(code: str) -> Client:
    client = Client()
    client.post("/demo/sign-in", {"as": code})
    return client


def noted(client: Client, case: Case, *, at: datetime = NOON, **fields: str) -> int:
    body = {
        "reference": case.reference, "kind": "visit", "text": "Nobody was at home", "key": KEY,
        "told_at": at.isoformat(),
    }  # fmt: skip
    return client.post("/en/desk/notes/", body | fields, headers=QUEUE).status_code


def test_a_note_sent_again_stands_once_with_both_clocks() -> None:
    ali, case = signed_in("ali"), told()
    written = NOON - timedelta(hours=5)
    for _again in range(3):
        assert noted(ali, case, at=written) == 201
    row = Note.objects.get()
    assert (row.kind, row.told_at, row.at) == ("visit", written, NOON)
    assert noted(ali, case, text="Now she was", key=KEY) == 201  # other words are kept as well
    assert noted(ali, case, kind="court", key=KEY + "2") == 201
    assert Note.objects.count() == 3
    page = ali.get(f"/en/desk/cases/{case.reference}/").content.decode()
    assert "by the phone" in page


def test_nobody_notes_in_a_case_of_others() -> None:
    case = told()
    assert noted(signed_in("ehsan"), case) == 404
    assert noted(Client(), case) == 302
    assert noted(signed_in("ali"), case, reference="ZZZZ999") == 404
    assert not Note.objects.exists()


@pytest.mark.parametrize("said", [{"kind": "handover"}, {"kind": ""}, {"text": ""}])
def test_what_is_no_note_is_refused(said: dict[str, str]) -> None:
    assert noted(signed_in("ali"), told(), **said) == 422
    assert not Note.objects.exists()


def test_only_references_go_along() -> None:
    case = told()
    ali = signed_in("ali")
    html = ali.get("/en/desk/notes/").content.decode()
    assert f'["{case.reference}"]' in html
    assert case.reference not in signed_in("ehsan").get("/en/desk/notes/").content.decode()
    assert "Clear-Site-Data" in ali.post("/sign-out/").headers
