"""The receipt is lost: a new one on the cheapest phone, in Urdu, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.journeys.acts import RECEIPT, be, press, report, track
from tests.journeys.conftest import Site
from tests.journeys.manual import Manual

pytestmark = pytest.mark.journey
PHONE = "+923001110004"
WORDS = "گل باغ میں ہمارے گھر کے سامنے سے رات کو سائیکل چوری ہو گئی، نیلے رنگ کی۔"
TOLD = "میں نے صبح دس بجے لکھا تھا۔ سائیکل نیلی تھی، گھر کے سامنے سے گئی۔"


def narrow(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, f"{page.url} is {wide} px wide"


def test_a_new_receipt(own_site: Site, small_phone: BrowserContext, desk: BrowserContext) -> None:
    site = own_site
    manual = Manual("The receipt is lost", "7-lost")
    page = small_phone.new_page()
    reference, old = report(page, site, matter="theft", words=WORDS, phone="0300 1110004")

    page.goto(f"{site.url}/ur/track/")
    page.locator("main a[href$='/track/lost/']").click()
    narrow(page)
    page.locator("input[name=reference]").fill(reference.lower())
    page.locator("textarea[name=told]").fill(TOLD)
    page.locator("textarea[name=reach]").fill("0300 1110009، دوپہر دو سے چار")
    manual.shot(page, "She lost the receipt: she tells what only she knows, no account needed.")
    texts = len(site.inbox(PHONE))
    page.locator("main form button.main").click()
    found = RECEIPT.search(page.locator("main").inner_text())
    assert found
    number = found[0]
    assert page.url == f"{site.url}/ur/track/lost/"
    narrow(page)
    manual.shot(
        page, "The answer, the same for everybody: a claim number, and from when it counts."
    )

    notice = site.arrived(PHONE, after=texts)[-1]["text"]
    assert reference in notice
    assert "رسید" in notice
    track(page, site, number)
    expect(page.locator("h1")).to_contain_text("انتظار")
    narrow(page)
    manual.shot(page, "The claim number, typed where a receipt is typed, says how long it waits.")
    track(page, site, old)
    expect(page.locator("button[value=not-me]")).to_be_visible()
    narrow(page)
    manual.shot(
        page, "Who still holds the old receipt sees it and can say no.", until="section.card"
    )

    office = desk.new_page()
    be(office, site, "ali")
    office.goto(f"{site.url}/ur/desk/claims/")
    assert reference not in office.locator("main").inner_text()
    be(office, site, "rashid")
    office.goto(f"{site.url}/ur/desk/claims/")
    office.locator(f"main a:has-text('{reference}')").click()
    expect(office.locator("main")).to_contain_text(WORDS)
    expect(office.locator("main")).to_contain_text(TOLD)
    office.locator("input[name=choice][value=grant]").check()
    office.locator("textarea[name=reason]").fill("رنگ، وقت اور جگہ ملتے ہیں۔")
    press(office)
    expect(office.locator("main")).to_contain_text("انتظار پورا ہونے سے پہلے نہیں")
    manual.shot(
        office, "The independent desk compares; before the wait is over it can only refuse."
    )
    site.wait(hours=73)
    press(office)
    expect(office.locator("[role=status]")).to_be_visible()

    track(page, site, number)
    expect(page.locator("h1")).to_contain_text("نئی رسید")
    new = page.locator(".receipt .digits").inner_text().strip()
    assert RECEIPT.fullmatch(new)
    narrow(page)
    manual.shot(page, "Granted: the new receipt, to write down.")
    page.locator("main form button.main").click()
    expect(page.locator("main")).to_contain_text(reference)
    track(page, site, old)
    expect(page.locator("[role=alert]:visible")).to_have_count(1)
    manual.close()
