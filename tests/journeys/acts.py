"""What people do in the journeys: one function for each act, by the pages alone."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page
from tests.journeys.conftest import Site

RECEIPT = re.compile(r"\b(\d{4} ){4}\d{4}\b")


def forward(page: Page) -> None:
    """The next step of the report."""
    page.locator("button[name=go][value=next]:not(.aside)").last.click()


def report(page: Page, site: Site, *, matter: str, words: str, phone: str = "") -> tuple[str, str]:
    """A report by the web, in Urdu, from Gul Bagh; reference and receipt as she writes them down."""
    page.goto(f"{site.url}/ur/report/")
    forward(page)
    page.locator(f"details:has(button[value={matter}]) > summary").click()
    page.locator(f"button[name=pick][value={matter}]").last.click()
    page.locator("textarea[name=text]").fill(words)
    forward(page)
    page.locator("select[name=place]").select_option("gul-bagh")
    forward(page)
    page.locator("input[name=danger][value=no]").check()
    forward(page)
    if phone:
        page.locator("input[name=phone]").fill(phone)
    forward(page)
    page.locator("button[name=go][value=send]:not(.aside)").last.click()
    found = RECEIPT.search(page.locator("main").inner_text())
    assert found
    return page.locator(".receipt .name").inner_text().strip(), found[0]


def track(page: Page, site: Site, receipt: str, language: str = "ur") -> None:
    """Follow the report with the receipt."""
    page.goto(f"{site.url}/{language}/track/")
    page.locator("input[name=receipt]").fill(receipt)
    with page.expect_navigation():
        page.locator("form button.main").click()


def be(page: Page, site: Site, code: str) -> None:
    """Sign in as one of the cast."""
    page.goto(f"{site.url}/ur/demo/")
    page.locator(f"button[name=as][value={code}]").click()


def press(page: Page) -> None:
    """The button of the form at the desk, and the page that follows."""
    with page.expect_navigation():
        page.locator("main form .buttons button").first.click()


def contact(page: Page, case: str) -> None:
    """Log a call that reached her."""
    page.goto(case + "contact")
    page.locator("input[name=way][value=call]").check()
    page.locator("input[name=reached]").first.check()
    press(page)


def move(page: Page, case: str, stage: str) -> None:
    page.goto(case + "stage")
    page.locator(f"input[name=to][value={stage}]").check()
    press(page)


def propose(page: Page, case: str, words: str, *, photo: Path) -> None:
    """An outcome with a photograph as its proof."""
    Image.new("RGB", (640, 480), "#335577").save(photo, "JPEG")
    page.goto(case + "outcome")
    page.locator("input[name=kind][value=solved]").check()
    page.locator("textarea[name=what_done]").fill(words)
    page.locator("select[name=proof]").select_option("photograph")
    page.locator("input[name=photo]").set_input_files(photo)
    press(page)


def states(site: Site, receipt: str, kind: str) -> list[str]:
    """How the promises of that kind stand, as the API tells the holder of the receipt."""
    seen = site.get("/api/v1/report", Authorization=f"Receipt {receipt.replace(' ', '')}")
    return [row["state"] for row in seen["promises"] if row["kind"] == kind]
