"""Amina, 360 px, Urdu, no scripts: from the first page to a receipt, and back to it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, expect
from tests.journeys.acts import forward
from tests.journeys.conftest import Site
from tests.journeys.manual import Manual

pytestmark = pytest.mark.journey
WORDS = "ہماری گلی کا بلب ایک ماہ سے خراب ہے، رات کو لڑکے بیٹھے رہتے ہیں۔ بیٹی اکیلی نہیں آ سکتی۔"


def test_amina_reports_a_dark_lane(site: Site, small_phone: BrowserContext) -> None:
    manual = Manual("Amina reports a dark lane", "1-amina")
    page = small_phone.new_page()
    page.goto(f"{site.url}/ur/report/")
    assert page.title() == "محلہ"
    assert page.locator("html").get_attribute("dir") == "rtl"
    manual.shot(
        page,
        "Before the first word: who will read this, what is not secret, and the emergency number.",
    )
    forward(page)
    manual.shot(
        page, "What is it about? By pictures and plain words, by search, or simply by telling."
    )
    page.locator("details:has(button[value=street_light]) > summary").click()
    page.locator("button[name=pick][value=street_light]").last.click()
    page.locator("textarea[name=text]").fill(WORDS)
    manual.shot(page, "In her own words; a voice note or a photograph alone is enough.")
    forward(page)
    page.locator("select[name=place]").select_option("gul-bagh")
    manual.shot(page, "The mohalla from the list, or a place everybody knows.")
    forward(page)
    page.locator("input[name=danger][value=no]").check()
    manual.shot(page, "Is anybody in danger now?")
    forward(page)
    page.locator("input[name=phone]").fill("۰۳۰۰ ۱۱۱۰۰۰۹")
    manual.shot(
        page, "How to reach her safely, or not at all. Digits of any script are understood."
    )
    forward(page)
    expect(page.locator("main")).to_contain_text(WORDS[:30])
    manual.shot(page, "Everything read back before it is sent.")
    page.locator("button[name=go][value=send]").last.click()
    manual.shot(page, "Reference, receipt, and the promise in words: who, what, by when.")
    found = re.search(r"\b(\d{4} ){4}\d{4}\b", page.locator("main").inner_text())
    assert found
    assert page.url == f"{site.url}/ur/report/"

    page.goto(f"{site.url}/ur/track/")
    page.locator("input[name=receipt]").fill(found[0])
    page.locator("form button.main").click()
    manual.shot(page, "With the receipt she sees who owes her what, and who is next if it is late.")
    text = page.locator("main").inner_text()
    assert "علی رضا" in text
    assert found[0].replace(" ", "") not in page.url
    manual.close()
