"""P22 in a browser: 2G, a small screen, no script: a report, a call for help, the whole first load."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.acts import report
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
# "2G" as browsers' own tools have it: 280 kbit/s down, 256 up, 800 ms for each round trip
LATENCY, DOWN, UP = 800, 280_000 / 8, 256_000 / 8
WORDS = "گلی میں رات کو روشنی نہیں، مرد بیٹھے رہتے ہیں۔"


def slow(browser: Browser, *, scripts: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": 320, "height": 480}, java_script_enabled=scripts, locale="ur"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": DOWN,
            "uploadThroughput": UP,
        },
    )
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_promise_P22_a_report_on_2g_within_a_minute(
    site: Site, browser: Browser, figure: Callable[[str], None], scripts: bool
) -> None:
    page = slow(browser, scripts=scripts)
    begun = time.monotonic()
    reference, receipt = report(page, site, matter="street_light", words=WORDS)
    took = time.monotonic() - begun
    page.context.close()
    assert len(reference) == 7
    assert len(receipt.replace(" ", "")) == 20
    assert took < 60, took
    figure(f"eight pages at 280 kbit/s and 800 ms a round trip: {took:.0f} s")


def test_promise_P22_help_on_2g_without_scripts(
    site: Site, browser: Browser, figure: Callable[[str], None]
) -> None:
    page = slow(browser, scripts=False)
    begun = time.monotonic()
    page.goto(f"{site.url}/ur/help/")
    page.locator("button.cry").click()
    expect(page.locator(".told .done")).to_have_count(1)
    took = time.monotonic() - begun
    page.context.close()
    assert took < 60
    figure(f"from the address to the call: {took:.0f} s")
