"""The page on recording police at work, and the way from it into the right complaint."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.test_report_wizard import fields, press

from mohalla.foundation import catalogue, files
from mohalla.foundation.catalogue.loading import _EMPTY
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.reports.models import Attachment, Report

pytestmark = pytest.mark.django_db
VIDEO = b"\x00\x00\x00\x18ftypmp42" + b"\0" * 400


@pytest.mark.parametrize("language", ["en", "ur", "ps"])
def test_the_page_says_each_sentence_with_its_law(client: Client, language: str) -> None:
    html = unescape(client.get(f"/{language}/recording/").content.decode())
    rows = catalogue.get().rights
    assert {row.kind for row in rows} == {"may", "limit", "then"}
    for row in rows:
        assert row.says[language] in html
        assert row.law is _EMPTY or row.law[language] in html
    assert "data-exit" in html


@pytest.mark.parametrize("path", ["/en/", "/en/who/"])
def test_people_find_it(client: Client, path: str) -> None:
    assert 'href="/en/recording/"' in client.get(path).content.decode()


def test_from_the_page_into_the_complaint_with_a_video(client: Client) -> None:
    html = client.get("/en/recording/").content.decode()
    form = html[html.index('<form method="post" action="/en/report/"') :]
    html = press(client, form[: form.index("</form>")], go="start")
    name = catalogue.category("recording_obstructed").names["en"]
    assert name in html  # what is secret and who reads it is said before the first word
    assert "What is not secret" in html
    assert "recording" not in re.findall(r'<form[^>]*action="([^"]*)"', html)[0]  # no trail
    html = press(client, html, pick="recording_obstructed")
    assert "Where it ends" in html  # the limits stand beside the words
    film = SimpleUploadedFile("film.mp4", VIDEO, "video/mp4")
    html = press(client, html, text="They took my phone.", photos=film)
    for _page in range(4):
        html = press(client, html)
    press(client, html, go="send")
    report = Report.objects.get()
    assert report.category == "recording_obstructed"
    kept = Attachment.objects.get(report=report)
    assert files.read(kept.sha256) == VIDEO
    taken = Entry.objects.get(what="file taken in", subject=str(kept.pk))
    assert taken.facts["sha256"] == kept.sha256


def test_other_matters_do_not_speak_of_it(client: Client) -> None:
    html = client.get("/en/report/").content.decode()
    assert "It is about:" not in html
    html = press(client, press(client, html), pick="bribe")
    assert "Where it ends" not in html
    assert fields(html)["category"] == "bribe"
