"""P26 in a browser: one changed byte of a script, and the browser refuses it; the page says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect
from tests.journeys.acts import RECEIPT, forward
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
MATTER = "online_harassment"


def one_byte(page: Page, name: str) -> list[str]:
    """From now on a byte of that script is another one; what was changed."""
    changed: list[str] = []

    def change(route: Route) -> None:
        answer = route.fetch()
        try:
            body = bytearray(answer.body())
        except Error:
            return  # the page went away meanwhile
        body[-2] ^= 1
        changed.append(route.request.url)
        route.fulfill(response=answer, body=bytes(body))

    page.route(f"**/static/{name}*.js", change)
    return changed


def to_the_lock(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/ur/report/")
    forward(page)
    page.locator(f"details:has(button[value={MATTER}]) > summary").click()
    page.locator(f"button[name=pick][value={MATTER}]").last.click()


def test_promise_P26_a_changed_lock_is_refused_and_she_is_told(
    site: Site, browser: Browser, figure: Callable[[str], None]
) -> None:
    with browser.new_context(locale="ur-PK", viewport={"width": 360, "height": 740}) as phone:
        page = phone.new_page()
        said: list[str] = []
        page.on("console", lambda it: said.append(it.text))
        changed = one_byte(page, "seal")
        to_the_lock(page, site)
        expect(page.locator("[data-refused]")).to_be_visible()
        assert changed
        assert any("integrity" in line for line in said), said
        assert page.evaluate("typeof window.mohallaSeal") == "undefined"
        expect(page.locator("form[data-sealing]")).to_be_hidden()
        assert page.locator("textarea:visible").count() == 0  # nothing to type into by mistake
        page.locator("[data-without] button.main").click()  # only by her own choice
        expect(page.locator("textarea[name=text]")).to_be_visible()

        page.unroute("**/static/seal*.js")  # the positive twin: the script as published
        to_the_lock(page, site)
        expect(page.locator("form[data-sealing]")).to_be_visible()
        expect(page.locator("[data-refused]")).to_be_hidden()
        page.goto(f"{site.url}/ur/track/")  # loaded only when a receipt asks for it
        one_byte(page, "seal")
        assert page.locator("form[data-seal]").get_attribute("data-integrity")
    figure("one changed byte: not run, said on the page, no field until she chose")


def test_promise_P26_without_the_other_script_everything_works(
    site: Site, browser: Browser
) -> None:
    with browser.new_context(locale="ur-PK") as phone:
        page = phone.new_page()
        changed = one_byte(page, "mohalla")
        page.goto(f"{site.url}/ur/report/")
        forward(page)
        page.locator("details:has(button[value=street_light]) > summary").click()
        page.locator("button[name=pick][value=street_light]").last.click()
        page.locator("textarea[name=text]").fill("بتی نہیں")
        forward(page)
        page.locator("select[name=place]").select_option("gul-bagh")
        forward(page)
        page.locator("input[name=danger][value=no]").check()
        forward(page)
        forward(page)
        page.locator("button[name=go][value=send]").last.click()
        assert RECEIPT.search(page.locator("main").inner_text())
        assert changed


def test_promise_P26_a_monitor_sees_this_site_as_stated(
    site: Site, figure: Callable[[str], None]
) -> None:
    """The command, over the network, against the running site."""
    key = site.command("log", "key").strip().splitlines()[-1]
    said = site.command("verify", "--site", site.url, "--key", key)
    assert "AS STATED" in said, said
    assert "seal." in said
    figure("mohalla verify --site: every script of 12 pages as the register states it")
