"""Exit leaves nothing of ours in the browser, and leaves alone what belongs to others."""

from __future__ import annotations

import time

import pytest
from playwright.sync_api import Browser, Route
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
OURS = {"s", "c", "l", "f"}


@pytest.mark.parametrize("scripts", [True, False])
def test_exit_wipes_our_traces_and_nobody_elses(
    site: Site, browser: Browser, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, locale="ur-PK")
    page = context.new_page()

    def elsewhere(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<title>weather</title>")

    page.route("https://www.google.com/**", elsewhere)
    context.add_cookies(
        [{"name": name, "value": "x", "url": site.url} for name in ("other", "l", "f")]
    )
    page.goto(f"{site.url}/ur/report/")
    page.locator("button[name=go][value=next]").last.click()
    if scripts:
        page.evaluate("localStorage.setItem('words', 'a draft that she ticked')")
        assert page.evaluate("localStorage.length") == 1
    assert {row["name"] for row in context.cookies()} & OURS
    began = time.perf_counter()
    page.locator(".exit a").click()
    page.wait_for_url("https://www.google.com/**")
    took = time.perf_counter() - began
    assert {row["name"] for row in context.cookies()} == {"other"}
    assert took < 3, took
    if scripts:
        page.goto(f"{site.url}/ur/track/")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()
