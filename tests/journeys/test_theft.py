"""A theft with its FIR: the copy she reads, the letter after 14 days, the court, the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.journeys.acts import be, contact, move, press, propose, report, states, track
from tests.journeys.conftest import Site
from tests.journeys.manual import Manual

pytestmark = pytest.mark.journey
WORDS = "عیدگاہ کے پاس بس میں کسی نے میرے بیگ سے پرس نکال لیا۔ اس میں 12,000 روپے تھے۔"
DONE = "پرس اور 9,500 روپے واپس مل گئے، ملزم کا چالان عدالت میں ہے۔"


def test_a_theft_from_fir_to_the_end(
    own_site: Site, small_phone: BrowserContext, desk: BrowserContext, tmp_path: Path
) -> None:
    site = own_site
    manual = Manual("A theft: the FIR, the letter, the court", "4-theft")
    page = small_phone.new_page()
    reference, receipt = report(page, site, matter="theft", words=WORDS, phone="0300 1112299")
    case = f"{site.url}/ur/desk/cases/{reference}/"

    office = desk.new_page()
    be(office, site, "ali")
    office.goto(case + "record")
    office.locator("input[name=number]").fill("112/26")
    office.locator("input[name=sections]").fill("379, 411 PPC")
    manual.shot(office, "The FIR is recorded at once: number, date, sections.")
    press(office)
    assert states(site, receipt, "record") == ["kept"]
    assert states(site, receipt, "inform") == ["open"]

    track(page, site, receipt)
    main = page.locator("main")
    for part in ("112/26", "379, 411 PPC", "تھانہ چنار", "علی رضا", "آپ کی نقل"):
        expect(main).to_contain_text(part)
    assert stages(page, "done") == ["موصول ہوئی"], "nobody has spoken with her yet"
    assert stages(page, "now") == ["ایف آئی آر درج ہو گئی"]
    manual.shot(
        page,
        "Her copy: number, date, station, sections; and the next letter's date.",
        until=".stages",
    )

    contact(office, case)
    move(office, case, "investigation")
    track(page, site, receipt)
    page.locator("button[value=contact-yes]").click()
    expect(main).to_contain_text("شکریہ")
    assert states(site, receipt, "contact") == ["kept"]
    site.wait(hours=14 * 24 - 2)
    be(office, site, "ali")
    office.goto(f"{site.url}/ur/desk/")
    expect(office.locator(f"tr:has-text('{reference}'):has-text('173')")).to_be_visible()
    office.goto(case + "letter")
    begun = office.locator("textarea[name=text]").input_value()
    for part in ("112/26", "آپ سے بات ہوئی", "تفتیش جاری ہے"):
        assert part in begun
    manual.shot(office, "Fourteen days are nearly over: the letter is written from the file.")
    press(office)
    assert states(site, receipt, "inform") == ["kept", "open"]
    track(page, site, receipt)
    expect(main).to_contain_text("تفتیش کے بارے میں آپ کے نام خط")
    manual.shot(
        page, "She reads the letter; the next one is owed in 14 days.", until="article.card"
    )

    move(office, case, "challan")
    assert states(site, receipt, "inform") == ["kept", "ended"]
    propose(office, case, DONE, photo=tmp_path / "proof.jpg")
    track(page, site, receipt)
    expect(main).to_contain_text(DONE)
    page.locator("button[value=verdict-confirm]").click()
    assert stages(page, "now") == ["بند ہو گئی"]
    assert "سراغ نہیں ملا (عدم پتہ)" not in stages(page, "done"), "only where it has been"
    assert "عدالت بھیج دی گئی (چالان)" in stages(page, "done")
    assert states(site, receipt, "outcome") == ["kept"]
    manual.shot(
        page,
        "Sent to court and closed because she says so; each stage in plain words.",
        until=".stages",
    )
    manual.close()


def stages(page: Page, state: str) -> list[str]:
    """The names of the stages on her page that are `done` or `now`, in order."""
    rows = page.locator(f".stages > .{state} > span").all()
    return [row.inner_text().split("(ہو چکا")[0].split("\n")[0].strip() for row in rows]
