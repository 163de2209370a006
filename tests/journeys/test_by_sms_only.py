"""The whole loop on a phone that can do nothing but SMS; what the desk does is done at the desk."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.journeys.acts import be, contact, move, press, propose
from tests.journeys.conftest import Site
from tests.journeys.manual import Manual

pytestmark = pytest.mark.journey
NUMBER = "+923001117788"
WORDS = "ہماری گلی کا بلب خراب ہے، رات کو اندھیرے میں لڑکے بیٹھے رہتے ہیں"
REFERENCE = re.compile(r"\b[2-9A-HJ-NP-Z]{7}\b")
ASKED = {"خطرے میں ہے": "2", "کس بارے میں": "1"}
NEVER_SAID = ("پولیس", "تھانہ", "بلب", "گل باغ", "علی", "راشد", "اندھیرے")


class Phone:
    """The feature phone on the screen, in her hand."""

    def __init__(self, page: Page, site: Site) -> None:
        self.page = page
        self.address = f"{site.url}/ur/phone/?number=%2B{NUMBER[1:]}"
        page.goto(self.address)

    def answers(self) -> list[str]:
        """What came to this phone, the oldest first."""
        return self.page.locator(".glass .talk > li:not(.mine) .said").all_inner_texts()

    def types(self, words: str) -> None:
        self.page.locator("textarea[name=text]").fill(words)
        with self.page.expect_navigation():
            self.page.locator(".soft-keys button").click()

    def hears(self, part: str, *, after: int) -> str:
        """The first text after so many that holds this part (15 s at most)."""
        for _ in range(50):
            found = [text for text in self.answers()[after:] if part in text]
            if found:
                return found[0]
            time.sleep(0.3)
            self.page.goto(self.address)
        raise AssertionError(f"never heard {part!r}: {self.answers()}")

    def answers_questions(self) -> None:
        """One thing at a time, each by a digit; the last need not be answered."""
        for _ in range(4):
            last = self.answers()[-1]
            digit = next((digit for part, digit in ASKED.items() if part in last), None)
            if digit is None:
                return
            known = len(self.answers())
            self.types(digit)
            self.hears("", after=known)
        raise AssertionError(f"no end of questions: {self.answers()}")


def test_the_whole_loop_by_sms(
    site: Site, small_phone: BrowserContext, desk: BrowserContext, tmp_path: Path
) -> None:
    manual = Manual("By SMS alone: a phone without data", "5-sms")
    phone = Phone(small_phone.new_page(), site)
    phone.types(WORDS)
    asked = phone.hears("کس محلے", after=0)
    found = REFERENCE.search(asked)
    assert found, asked
    reference = found[0]
    phone.types("گل باغ")
    phone.hears(reference, after=1)
    phone.answers_questions()
    manual.shot(phone.page, "She writes what is the matter; a number, a time, one question.")

    office = desk.new_page()
    case = f"{site.url}/ur/desk/cases/{reference}/"
    be(office, site, "hina")
    office.goto(case + "classification")
    office.locator("select[name=category]").select_option("street_light")
    manual.shot(office, "What has no category yet waits at the triage desk, which sorts it.")
    press(office)
    be(office, site, "ali")
    known = len(phone.answers())
    contact(office, case)
    phone.hears("بات کی؟", after=known)
    known = len(phone.answers())
    phone.types("ہاں")
    phone.hears("شکریہ", after=known)
    office.goto(case)
    expect(office.locator(".promise.is-kept")).to_have_count(1)
    manual.shot(phone.page, "News without a word of the matter; one word confirms the talk.")

    move(office, case, "action")
    known = len(phone.answers())
    phone.types(f"حال {reference}")
    phone.hears("کام ہو رہا ہے", after=known)
    known = len(phone.answers())
    propose(office, case, "بلب بدل دیا گیا۔", photo=tmp_path / "one.jpg")
    phone.hears(reference, after=known)
    known = len(phone.answers())
    phone.types("2")
    phone.hears(reference, after=known)
    manual.shot(phone.page, "“Is it solved?” Her 2 is enough: it is open again, one level up.")

    office.goto(case)
    expect(office.get_by_role("main")).not_to_contain_text("مکمل ہو چکا")
    be(office, site, "rashid")
    office.goto(f"{site.url}/ur/desk/")
    expect(office.locator("main")).to_contain_text(reference)
    office.goto(case)
    manual.shot(office, "It is with the SDPO now, who sees what was said and what was tried.")
    known = len(phone.answers())
    propose(office, case, "نیا کھمبا لگ گیا، رات کو جا کر دیکھا۔", photo=tmp_path / "two.jpg")
    phone.hears(reference, after=known)
    known = len(phone.answers())
    phone.types("۱")
    phone.hears(reference, after=known)
    manual.shot(phone.page, "Her ۱, in the digits of her own phone: kept, because she says so.")
    office.goto(case)
    expect(office.locator(".chip.is-ended").first).to_contain_text("تصدیق")
    for text in phone.answers():
        assert not [word for word in NEVER_SAID if word in text], text
    manual.close()
