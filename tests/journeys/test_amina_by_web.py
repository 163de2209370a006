"""Amina, 360 px, Urdu, no scripts: from the first page to a receipt, and back to it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import MANUAL, Site

pytestmark = pytest.mark.journey
WORDS = "ہماری گلی کا بلب ایک ماہ سے خراب ہے، رات کو لڑکے بیٹھے رہتے ہیں۔ بیٹی اکیلی نہیں آ سکتی۔"


def shot(page: Page, name: str) -> None:
    MANUAL.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=MANUAL / f"{name}.png", full_page=True)


def forward(page: Page) -> None:
    page.locator("button[name=go][value=next]").last.click()


def test_amina_reports_a_dark_lane(site: Site, small_phone: BrowserContext) -> None:
    page = small_phone.new_page()
    page.goto(f"{site.url}/ur/report/")
    assert page.title() == "محلہ"
    assert page.locator("html").get_attribute("dir") == "rtl"
    shot(page, "01-start")
    forward(page)
    shot(page, "02-what")
    page.locator("details:has(button[value=street_light]) > summary").click()
    page.locator("button[name=pick][value=street_light]").last.click()
    page.locator("textarea[name=text]").fill(WORDS)
    shot(page, "03-tell")
    forward(page)
    page.locator("select[name=place]").select_option("gul-bagh")
    shot(page, "04-where")
    forward(page)
    page.locator("input[name=danger][value=no]").check()
    shot(page, "05-danger")
    forward(page)
    page.locator("input[name=phone]").fill("۰۳۰۰ ۱۱۱۰۰۰۹")
    shot(page, "06-contact")
    forward(page)
    expect(page.locator("main")).to_contain_text(WORDS[:30])
    shot(page, "07-check")
    page.locator("button[name=go][value=send]").last.click()
    shot(page, "08-done")
    found = re.search(r"\b(\d{4} ){4}\d{4}\b", page.locator("main").inner_text())
    assert found
    assert page.url == f"{site.url}/ur/report/"

    page.goto(f"{site.url}/ur/track/")
    page.locator("input[name=receipt]").fill(found[0])
    page.locator("form button.main").click()
    shot(page, "09-track")
    text = page.locator("main").inner_text()
    assert "علی رضا" in text
    assert found[0].replace(" ", "") not in page.url
