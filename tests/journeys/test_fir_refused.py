"""An FIR is refused, or forgotten: who must answer, and the petition that she holds by herself."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect
from tests.journeys.acts import be, press, report, states, track
from tests.journeys.conftest import Site
from tests.journeys.manual import Manual

pytestmark = pytest.mark.journey
WORDS = (
    "کل رات گل باغ میں میرے گھر کے باہر سے میری موٹر سائیکل چوری ہو گئی۔"
    " نمبر SGB 4471، رنگ سرخ۔ تالا ٹوٹا ہوا گلی میں پڑا ہے۔"
)
REASON = "گاڑی کے کاغذات ساتھ نہیں تھے، اس لیے مقدمہ درج نہیں کیا گیا۔"
LAW = "دفعہ 157 ضابطہ فوجداری"


def test_a_refusal_and_the_petition(
    own_site: Site, small_phone: BrowserContext, desk: BrowserContext
) -> None:
    site = own_site
    manual = Manual("An FIR is refused: what she holds then", "3-refused")
    page = small_phone.new_page()
    reference, receipt = report(page, site, matter="vehicle_theft", words=WORDS)
    manual.shot(
        page,
        "A theft is reported. The law asks for an FIR; that promise is made at once.",
        until=".receipt",
    )

    office = desk.new_page()
    be(office, site, "ali")
    case = f"{site.url}/ur/desk/cases/{reference}/"
    office.goto(case + "refusal")
    office.locator("textarea[name=reason]").fill(REASON)
    press(office)
    expect(office.locator("main")).to_contain_text("قانون کے بغیر انکار نہیں")
    office.locator("input[name=law]").fill(LAW)
    manual.shot(office, "The desk may refuse only in writing, with the reason and the law.")
    press(office)
    expect(office).to_have_url(case)
    assert states(site, receipt, "record") == ["broken"]
    assert states(site, receipt, "non_registration") == ["open"]
    manual.shot(office, "The promise is broken by it, and the next level owes an answer in 72 h.")
    be(office, site, "rashid")
    office.goto(f"{site.url}/ur/desk/")
    expect(office.locator("main")).to_contain_text(reference)
    expect(office.locator(f"tr:has-text('{reference}')").last).to_contain_text("ایف آئی آر")
    manual.shot(office, "It stands in the SDPO's queue by itself; nobody had to send it there.")

    track(page, site, receipt)
    main = page.locator("main")
    expect(main).to_contain_text(REASON)
    expect(main).to_contain_text(LAW)
    expect(main).to_contain_text("راشد اقبال")
    manual.shot(
        page,
        "She reads what was refused, why, on which law, and who must answer now.",
        until="article.card",
    )
    page.locator("button[value=petition]").click()
    sheet = page.locator(".sheet")
    for part in (WORDS, REASON, LAW, reference, "سیشن جج", "22 اے", "154"):
        expect(sheet).to_contain_text(part)
    for blank in page.locator(".blanks dd").all():
        assert blank.inner_text() == ""
    assert receipt.replace(" ", "") not in page.url
    assert page.url == f"{site.url}/ur/track/"
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 360, f"{wide} px"
    manual.shot(
        page,
        "Her petition: her own words, what was refused, the law, and where to go.",
        until=".guide",
    )
    page.locator("button[name=to][value=dpo]").click()
    expect(sheet).to_contain_text("ڈسٹرکٹ پولیس آفیسر")
    with page.expect_download() as kept:
        page.locator("button[name=as][value=text]").click()
    assert kept.value.suggested_filename == f"{reference}.txt"
    text = kept.value.path().read_text(encoding="utf-8")
    assert WORDS in text
    assert REASON in text
    page.locator("button[name=to][value=justice_of_peace]").click()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 990})
    expect(page.locator("button[name=as][value=text]")).to_be_hidden()
    manual.shot(page, "As it comes out of a printer. Name and signature are hers to write.")
    manual.close()


@pytest.mark.parametrize("language", ["ps", "en"])
def test_the_petition_is_not_half_translated(
    own_site: Site, small_phone: BrowserContext, desk: BrowserContext, language: str
) -> None:
    page = small_phone.new_page()
    reference, receipt = report(page, own_site, matter="theft", words="میرا بکرا چوری ہوا۔")
    office = desk.new_page()
    be(office, own_site, "ali")
    office.goto(f"{own_site.url}/ur/desk/cases/{reference}/refusal")
    office.locator("textarea[name=reason]").fill(REASON)
    office.locator("input[name=law]").fill(LAW)
    press(office)
    track(page, own_site, receipt)
    page.locator("button[value=petition]").click()
    page.locator(f".tongues button[lang={language}]").click()
    assert page.locator("html").get_attribute("lang") == language
    text = page.locator("main").inner_text()
    exact = page.locator(".sheet pre, .sheet .code").all_inner_texts()
    for code in sorted(exact, key=len, reverse=True):
        text = text.replace(code, "")  # what was signed, word for word; references and codes
    for typed in (REASON, LAW, "میرا بکرا چوری ہوا۔"):
        assert typed in text, "what was written stays as it was written"
        text = text.replace(typed, "")
    if language == "en":
        assert not [word for word in text.split() if "؀" <= word[0] <= "ۿ"]
    else:
        latin = [word for word in text.split() if word.isascii() and word.isalpha()]
        assert not set(latin) - {reference}, latin


def test_silence_opens_the_same_door(own_site: Site, small_phone: BrowserContext) -> None:
    site, page = own_site, small_phone.new_page()
    _reference, receipt = report(page, site, matter="theft", words="میرا فون جیب سے نکل گیا۔")
    track(page, site, receipt)
    assert page.locator("button[value=petition]").count() == 0
    site.wait(hours=1.1)
    assert states(site, receipt, "record") == ["broken"]
    assert states(site, receipt, "non_registration") == ["open"]
    track(page, site, receipt)
    page.locator("button[value=petition]").click()
    expect(page.locator(".sheet")).to_contain_text("نہ تحریری انکار")
    site.wait(hours=73)
    assert states(site, receipt, "non_registration") == ["broken"]
    track(page, site, receipt)
    page.locator("button[value=petition]").click()
    expect(page.locator(".sheet")).to_contain_text("ایس ڈی پی او سنگ باغ")
