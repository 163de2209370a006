"""Front page, refusals, ways of reading and leaving."""

from __future__ import annotations

import sys

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language,direction", [("ur", "rtl"), ("ps", "rtl"), ("en", "ltr")])
def test_front_page_in_every_direction(client: Client, language: str, direction: str) -> None:
    page = client.get(f"/{language}/").content.decode()
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert f'href="/{language}/report/"' in page
    assert "<script>" not in page


def test_nastaliq_costs_only_who_chose_it(client: Client) -> None:
    assert "nastaliq.css" not in client.get("/ur/").content.decode()
    back = client.get("/font/?to=nastaliq&back=/ur/")
    assert back.headers["Location"] == "/ur/"
    assert "nastaliq.css" in client.get("/ur/").content.decode()
    assert "nastaliq.css" not in client.get("/en/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_the_font_choice_leads_nowhere_else(client: Client, back: str) -> None:
    assert client.get("/font/", {"to": "naskh", "back": back}).headers["Location"] == "/"


def test_leaving_wipes_and_goes(client: Client) -> None:
    gone = client.get("/leave/")
    assert gone.status_code == 302
    assert '"storage"' in gone.headers["Clear-Site-Data"]


def test_a_megabyte_in_one_line_comes_back_with_a_sentence(client: Client) -> None:
    line = "ظ" * 1_000_000
    answer = client.post("/en/report/", {"text": line, "step": "tell", "go": "next"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "too long for one piece" in page
    assert line in page


def test_more_than_anybody_writes_is_answered_not_dropped(client: Client) -> None:
    answer = client.post("/en/report/", {"text": "x" * 5_000_000, "step": "tell"})
    assert answer.status_code == 413
    assert "Nothing was stored" in answer.content.decode()


def test_form_that_lay_too_long() -> None:
    answer = Client(enforce_csrf_checks=True).post("/en/report/", {"step": "start"})
    assert answer.status_code == 403
    assert "lay open too long" in answer.content.decode()


def test_component_page_only_in_the_demonstration(client: Client, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert client.get("/style/").status_code == 404
    settings.DEMO = True  # type: ignore[attr-defined]
    assert client.get("/style/").status_code == 200


def test_no_page_names_a_fixed_emergency_number(settings: object, monkeypatch: object) -> None:
    """Not the broken one either, which asks neither session nor database nor language."""
    settings.EMERGENCY_NUMBER = "1122"  # type: ignore[attr-defined]
    client = Client(raise_request_exception=False)
    pages = [client.get(path) for path in ("/", "/en/report/", "/track/", "/no-such-page/")]

    def breaks(*_given: object, **_named: object) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(sys.modules["mohalla.site.views.front"], "render", breaks)  # type: ignore[attr-defined]
    pages.append(client.get("/"))
    assert [page.status_code for page in pages] == [200, 200, 200, 404, 500]
    for page in pages:
        words = page.content.decode()
        assert "tel:1122" in words
        assert "tel:15" not in words
