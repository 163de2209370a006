"""The first whole path: report, contact that she confirms, outcome that she refuses, then keeps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect
from tests.journeys.acts import be, contact, move, propose, states
from tests.journeys.conftest import Site
from tests.journeys.manual import Manual

pytestmark = pytest.mark.journey
PHONE = "+923001110077"
WORDS = "نلکے والی گلی میں رات کو روشنی نہیں، مرد بیٹھے رہتے ہیں۔"


def test_the_loop(site: Site, desk: BrowserContext, tmp_path: Path) -> None:
    manual = Manual("The loop: Ali, Amina and the SDPO", "2-loop")
    filed = site.post(
        "/api/v1/reports",
        {
            "category": "street_light", "text": WORDS, "language": "ur",
            "place": {"mohalla": "gul-bagh"}, "contact": {"phone": PHONE},
        },
    )  # fmt: skip
    reference, receipt = filed["reference"], filed["receipt"]
    case = f"{site.url}/ur/desk/cases/{reference}/"

    page = desk.new_page()
    be(page, site, "ali")
    page.goto(f"{site.url}/ur/desk/")
    expect(page.locator("main")).to_contain_text(reference)
    manual.shot(page, "Ali's queue: the oldest promise first, late ones marked, the alarm on top.")
    page.goto(case)
    expect(page.locator("main")).to_contain_text("نلکے والی گلی")
    manual.shot(page, "The case on one page: what was said, how she may be reached, what is owed.")
    contact(page, case)
    assert states(site, receipt, "contact") == ["claimed"]
    assert reference in site.arrived(PHONE, after=0)[-1]["text"]
    known = len(site.text(PHONE, "1"))
    assert states(site, receipt, "contact") == ["kept"]

    move(page, case, "action")
    propose(page, case, "بلب بدل دیا گیا ہے۔", photo=tmp_path / "proof.jpg")
    manual.shot(page, "The outcome is proposed with a photograph; it waits for her word.")
    expect(page).to_have_url(case)
    known = len(site.arrived(PHONE, after=known))
    site.text(PHONE, "2")
    assert reference in site.arrived(PHONE, after=known + 1)[-1]["text"]

    phone = desk.new_page()
    phone.goto(f"{site.url}/ur/phone/?number=%2B923001110077")
    manual.shot(phone, "Her simple phone: neutral messages, a number to answer with.")

    be(page, site, "rashid")
    page.goto(f"{site.url}/ur/desk/")
    expect(page.locator("main")).to_contain_text(reference)
    manual.shot(page, "She said no: it is open again, one level up, with the SDPO.")
    propose(
        page,
        case,
        "نیا کھمبا اور نئی بتی لگ گئی، رات کو دیکھا گیا۔",
        photo=tmp_path / "b.jpg",
    )
    known = len(site.inbox(PHONE))
    site.arrived(PHONE, after=known - 1)
    site.text(PHONE, "۱")
    seen = site.get("/api/v1/report", Authorization=f"Receipt {receipt}")
    assert seen["stage"] == "closed"
    assert set(states(site, receipt, "outcome")) == {"kept"}
    page.goto(case)
    manual.shot(page, "Kept, because she says so.")
    manual.close()


def test_a_complaint_about_the_station_leaves_no_trace_there(
    site: Site, desk: BrowserContext
) -> None:
    filed = site.post(
        "/api/v1/reports",
        {
            "category": "bribe",
            "text": "رپورٹ لکھنے کے پیسے مانگے۔",
            "place": {"mohalla": "gul-bagh"},
        },
    )
    reference = filed["reference"]
    page = desk.new_page()
    for code in ("ali", "kamran", "nadir", "rashid", "ehsan", "hina"):
        be(page, site, code)
        for path in ("/ur/desk/", f"/ur/desk/search/?q={reference}", "/ur/desk/decisions/"):
            page.goto(site.url + path)
            body = re.sub(r'value="[^"]*"', "", page.locator("main").inner_text())
            assert reference not in body, (code, path)
        shown = page.goto(f"{site.url}/ur/desk/cases/{reference}/")
        assert shown is not None
        assert shown.status == 404, code
    be(page, site, "farah")
    page.goto(f"{site.url}/ur/desk/")
    expect(page.locator("main")).to_contain_text(reference)
    shown = page.goto(f"{site.url}/ur/desk/cases/{reference}/")
    assert shown is not None
    assert shown.status == 200
