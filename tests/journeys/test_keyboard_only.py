"""Everything with Tab, arrows, Space and Enter: report, follow, decide, the desk, signing in."""

from __future__ import annotations

import re
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import BrowserContext, expect
from tests.journeys.acts import RECEIPT, be, contact, propose, states
from tests.journeys.conftest import Site
from tests.journeys.keys import Keys
from tests.journeys.manual import Manual

pytestmark = pytest.mark.journey
WORDS = "گلی میں کوڑے کا ڈھیر ہے، راستہ بند ہو گیا ہے۔"
MANUAL = Manual("Without a mouse: the keyboard alone", "6-keyboard")
PAGES = (
    "", "report/", "track/", "who/", "sign-in/", "demo/", "phone/", "desk/",
    "desk/search/?q=chori", "desk/decisions/", "desk/new/", "desk/handover/", "desk/people/",
)  # fmt: skip


def test_a_report_and_its_receipt(site: Site, desk: BrowserContext) -> None:
    page = desk.new_page()
    keys = Keys(page)
    keys.open(f"{site.url}/ur/report/")
    MANUAL.shot(page, "The first stop of every page leads past its head.", until=".head")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    keys.tab()
    assert keys.at("main *"), "past the head is not in the content"
    keys.go("button[name=go][value=next]")
    keys.to("details:has(button[value=street_light]) > summary")
    page.keyboard.press("Space")
    keys.to("button[name=pick][value=street_light]")
    MANUAL.shot(page, "Shelves open with Space; the ring shows where the hand is.")
    keys.press()
    keys.write("textarea[name=text]", WORDS)
    keys.go("button[name=go][value=next]")
    keys.choose("select[name=place]", "gul-bagh")
    keys.go("button[name=go][value=next]")
    keys.mark("danger", "no")
    MANUAL.shot(page, "Round buttons: arrows inside the group, Space marks.")
    keys.go("button[name=go][value=next]")
    keys.go("button[name=go][value=next]")
    keys.to("button[name=go][value=send]")
    keys.press("Space")
    found = RECEIPT.search(page.locator("main").inner_text())
    assert found
    assert keys.walk()
    keys.go("main form button.main")
    expect(page.locator("main")).to_contain_text("علی رضا")
    keys.walk()


def test_follow_and_decide(
    site: Site, desk: BrowserContext, small_phone: BrowserContext, tmp_path: Path
) -> None:
    filed = site.post(
        "/api/v1/reports",
        {"category": "street_light", "text": WORDS, "place": {"mohalla": "gul-bagh"},
         "contact": {"phone": "+923001113311"}},
    )  # fmt: skip
    case = f"{site.url}/ur/desk/cases/{filed['reference']}/"
    office = desk.new_page()
    be(office, site, "ali")
    contact(office, case)
    propose(office, case, "کوڑا اٹھا لیا گیا۔", photo=tmp_path / "proof.jpg")

    page = small_phone.new_page()
    keys = Keys(page)
    keys.open(f"{site.url}/ur/track/")
    keys.write("input[name=receipt]", filed["receipt"])
    keys.press()
    keys.go("button[value=contact-yes]")
    assert states(site, filed["receipt"], "contact") == ["kept"]
    keys.write("textarea#reason", "ابھی آدھا باقی ہے۔")
    keys.to("button[value=verdict-dispute]")
    MANUAL.shot(page, "Her word, on a phone with keys: no, it is not.", until="#verdict ~ form")
    keys.press("Space")
    expect(page.locator("main")).to_contain_text("راشد اقبال")
    keys.walk()


def test_the_desk(site: Site, desk: BrowserContext) -> None:
    filed = site.post(
        "/api/v1/reports",
        {"category": "street_light", "text": WORDS, "place": {"mohalla": "gul-bagh"},
         "contact": {"phone": "+923001113322"}},
    )  # fmt: skip
    reference, receipt = filed["reference"], filed["receipt"]
    page = desk.new_page()
    keys = Keys(page)
    keys.open(f"{site.url}/ur/demo/")
    keys.go("button[name=as][value=kamran]")
    keys.go(f"a[href$='/cases/{reference}/']")
    MANUAL.shot(page, "A case opened from the queue without a mouse.", until=".acts")
    keys.go("form[action$='/take'] button")
    expect(page.locator("main")).to_contain_text("کامران گل")
    keys.go("a[href$='/contact']")
    keys.mark("way", "call")
    keys.mark("reached", "yes")
    keys.go("main form .buttons button")
    assert states(site, receipt, "contact") == ["claimed"]
    keys.to(".more > summary")
    page.keyboard.press("Enter")
    keys.to("a[href$='/note']")
    keys.to("a[href$='/outcome']", back=True)
    keys.press()
    keys.mark("kind", "solved")
    keys.write("textarea[name=what_done]", "کوڑا اٹھا لیا گیا، راستہ کھلا ہے۔")
    keys.choose("select[name=proof]", "document")
    keys.write("input[name=number]", "DD-17/26")
    MANUAL.shot(page, "The outcome with its proof, typed.")
    keys.go("main form .buttons button")
    expect(page).to_have_url(f"{site.url}/ur/desk/cases/{reference}/")
    seen = site.get("/api/v1/report", Authorization=f"Receipt {receipt}")
    assert seen["proposed_outcome"]["kind"] == "solved"
    MANUAL.close()


def test_signing_in_with_name_password_and_code(site: Site, desk: BrowserContext) -> None:
    told = site.command("account", "add", "kiran", "--administers")
    password = re.search(r"password: (\S+)", told)
    secret = re.search(r"secret=(\w+)", told)
    assert password
    assert secret
    page = desk.new_page()
    keys = Keys(page)
    keys.open(f"{site.url}/ur/sign-in/?next=/ur/desk/people/")
    keys.write("input[name=name]", "kiran")
    keys.write("input[name=password]", "wrong")
    keys.write("input[name=code]", "000000")
    keys.press()
    expect(page.locator("[role=alert]")).to_be_visible()
    for field in ("name", "password", "code"):
        keys.to(f"input[name={field}]")
        page.keyboard.press("Control+A")
        words = {
            "name": "kiran",
            "password": password[1],
            "code": pyotp.TOTP(secret[1]).at(site.wait(hours=0)),
        }
        page.keyboard.insert_text(words[field])
    keys.press()
    expect(page).to_have_url(f"{site.url}/ur/desk/people/")
    keys.walk()
    keys.go("form[action$='/sign-out/'] button")
    expect(page.locator("input[name=password]")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_holds_the_focus_or_hides_it(site: Site, desk: BrowserContext, width: int) -> None:
    page = desk.new_page()
    page.set_viewport_size({"width": width, "height": 740})
    be(page, site, "ali")
    keys = Keys(page)
    for path in PAGES:
        keys.open(f"{site.url}/ur/{path}")
        keys.walk()
