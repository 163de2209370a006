"""The wizard: one address, no scripts, no account; nothing typed is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mohalla.foundation import catalogue
from mohalla.foundation.reports.models import Report

pytestmark = pytest.mark.django_db
JPEG = b"\xff\xd8\xff\xe0" + b"0" * 200
WORDS = "ہماری گلی کی بتی خراب ہے۔\nدوسری سطر <b>"


def fields(html: str) -> dict[str, str | list[str]]:
    """The hidden fields of a page, as a browser would send them on."""
    found: dict[str, str | list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html):
        kept = found.get(name)
        value = unescape(value)
        if name == "kept":
            found[name] = [*(kept or []), value]
        else:
            found[name] = value
    found.pop("csrfmiddlewaretoken", None)
    return found


def press(client: Client, html: str, language: str = "en", **more: object) -> str:
    response = client.post(f"/{language}/report/", {**fields(html), "go": "next", **more})
    assert response.status_code in (200, 422), response.status_code
    return response.content.decode()


def test_nothing_but_words_is_needed(client: Client) -> None:
    html = client.get("/en/report/").content.decode()
    html = press(client, html)
    html = press(client, html, pick="")
    html = press(client, html, text=WORDS)
    for _page in range(3):
        html = press(client, html)
    assert 'name="go" value="send"' in html
    done = press(client, html, go="send")
    report = Report.objects.get()
    assert report.reference in done
    assert re.search(r">(\d{4} ){4}\d{4}<", done)
    assert "<svg" in done
    assert 'class="qr"' in done


def test_sent_twice_is_one_report(client: Client) -> None:
    html = client.get("/en/report/").content.decode()
    sent = {**fields(html), "text": WORDS, "step": "check", "go": "send"}
    first = client.post("/en/report/", sent).content.decode()
    second = client.post("/en/report/", sent).content.decode()
    digits = re.compile(r"(?:\d{4} ){4}\d{4}")
    assert digits.findall(first) == digits.findall(second) != []
    assert Report.objects.count() == 1


def test_a_refusal_loses_nothing(client: Client) -> None:
    html = client.get("/en/report/").content.decode()
    sent = {**fields(html), "text": WORDS, "landmark": "mill", "step": "contact", "phone": "12"}
    response = client.post("/en/report/", {**sent, "go": "next", "name": "Amina"})
    assert response.status_code == 422
    page = response.content.decode()
    assert fields(page)["text"] == WORDS
    assert fields(page)["landmark"] == "mill"
    assert 'value="12"' in page
    assert 'value="Amina"' in page
    assert 'role="alert"' in page


def test_empty_is_refused_in_place(client: Client) -> None:
    html = client.get("/ur/report/").content.decode()
    response = client.post("/ur/report/", {**fields(html), "step": "check", "go": "send"})
    assert response.status_code == 422
    assert 'id="id_text"' in response.content.decode()
    assert not Report.objects.exists()


def test_a_photograph_travels_and_can_be_dropped(client: Client) -> None:
    html = client.get("/en/report/").content.decode()
    photo = SimpleUploadedFile("lane.jpg", JPEG)
    bad = SimpleUploadedFile("run.exe", b"MZ" + b"0" * 40)
    sent = {**fields(html), "step": "tell", "text": "", "photos": [photo, bad], "go": "next"}
    response = client.post("/en/report/", sent)
    page = response.content.decode()
    assert response.status_code == 422  # the second file is named, the first is kept
    assert "run.exe" in page
    assert len(fields(page)["kept"]) == 1
    drop = re.search(r'name="drop" value="([^"]+)"', page)
    assert drop
    page = client.post("/en/report/", {**fields(page), "drop": drop[1]}).content.decode()
    assert "kept" not in fields(page)


def test_a_forged_file_token_is_ignored(client: Client) -> None:
    html = client.get("/en/report/").content.decode()
    sent = {**fields(html), "step": "tell", "kept": "made-up", "go": "next", "text": "x"}
    assert "kept" not in fields(client.post("/en/report/", sent).content.decode())


def test_changing_the_language_keeps_the_words(client: Client) -> None:
    html = client.get("/en/report/").content.decode()
    sent = {**fields(html), "step": "tell", "text": WORDS, "go": "stay"}
    page = client.post("/ps/report/", sent).content.decode()
    assert '<html lang="ps" dir="rtl">' in page
    assert "دوسری سطر &lt;b&gt;" in page


def test_a_complaint_about_police_asks_whom_to_keep_out(client: Client) -> None:
    code = next(c.code for c in catalogue.get().listed() if c.about_police)
    html = client.get("/en/report/").content.decode()
    sent = {**fields(html), "text": WORDS, "step": "danger", "go": "next"}
    plain = client.post("/en/report/", sent).content.decode()
    asked = client.post("/en/report/", {**sent, "category": code}).content.decode()
    assert "about_unit" not in plain
    assert 'name="about_unit"' in asked


def test_the_title_tells_nothing(client: Client) -> None:
    for path in ("/ur/report/", "/ur/track/"):
        page = client.get(path)
        assert re.search(r"<title>\s*(Mohalla|محلہ)\s*</title>", page.content.decode())
        assert page.headers["Cache-Control"] == "no-store"
        assert 'style="' not in page.content.decode()


@pytest.mark.parametrize("language,said", [("ur", "25 مارچ 2020"), ("en", "25 March 2020")])
def test_the_day_is_read_back_with_its_month_in_words(
    client: Client, language: str, said: str
) -> None:
    """2020-03-25 among Urdu letters is shown as 25-03-2020, and nothing points below any more."""
    html = client.get(f"/{language}/report/").content.decode()
    sent = {**fields(html), "text": WORDS, "happened": "on", "on": "2020-03-25", "step": "contact"}
    page = client.post(f"/{language}/report/", {**sent, "go": "next"}).content.decode()
    back = page.partition('class="back"')[2].partition("</dl>")[0]
    assert said in back
    assert "2020-03-25" not in back
