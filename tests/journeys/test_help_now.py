"""Somebody presses for help on a phone; a desk that shows another page sounds, goes, and she sees it."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Browser, ViewportSize, expect
from tests.journeys.acts import be
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
PHONE: ViewportSize = {"width": 360, "height": 740}


def test_a_press_is_heard_at_the_desk_and_answered(site: Site, browser: Browser) -> None:
    desk = browser.new_context(viewport={"width": 1280, "height": 900})
    duty = desk.new_page()
    be(duty, site, "hina")
    duty.goto(f"{site.url}/en/desk/search/")
    expect(duty.locator("[data-alarm]")).to_have_count(0)

    here = {"latitude": 34.12345, "longitude": 71.54321, "accuracy": 12}
    hers = browser.new_context(
        viewport=PHONE, geolocation=here, permissions=["geolocation"], locale="ur"
    )
    phone = hers.new_page()
    phone.goto(f"{site.url}/ur/help/")
    expect(phone.locator("[data-sms]")).to_have_attribute(
        "href", re.compile("SOS%2034.12345%2C71.54321$")
    )
    begun = time.monotonic()
    phone.locator("button.cry").click()
    loud = duty.locator("[data-alarm=loud]")
    expect(loud).to_be_visible(timeout=30_000)  # the figure: see below
    print(f"heard at the desk after {time.monotonic() - begun:.1f} s")
    expect(duty).to_have_title(re.compile(r"^\(!\)"))

    loud.get_by_role("link").click()
    expect(duty.get_by_text("34.12345")).to_be_visible()
    duty.get_by_role("button", name="We are on the way").click()
    expect(duty.locator("[data-alarm=loud]")).to_have_count(0)
    # her page comes anew by itself
    expect(phone.locator(".told .done")).to_have_count(3, timeout=30_000)

    phone.locator("button[value=safe]").click()
    expect(phone.locator(".note.kind")).to_be_visible()
    duty.reload()
    expect(duty.locator("main").get_by_text("Speak with the person")).to_be_visible()
    duty.get_by_text("We spoke with the person, alone").click()
    duty.get_by_role("button", name="It is over").click()
    expect(duty.get_by_text("The alarm is over")).to_be_visible()
    desk.close()
    hers.close()


def test_without_network_the_sms_takes_over(site: Site, browser: Browser) -> None:
    here = {"latitude": 34.12345, "longitude": 71.54321}
    context = browser.new_context(viewport=PHONE, geolocation=here, permissions=["geolocation"])
    phone = context.new_page()
    phone.goto(f"{site.url}/en/help/")
    expect(phone.locator("[data-place]")).to_be_visible()
    context.set_offline(True)
    phone.locator("button.cry").click()
    expect(phone.locator("[data-lost]")).to_be_visible()
    expect(phone.locator("[data-sms]")).to_be_focused()
    expect(phone.locator("[data-sms]")).to_have_attribute("href", re.compile("SOS%2034.12345"))
    context.close()


def test_a_desk_that_is_cut_off_says_that_it_hears_nothing(site: Site, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    duty = context.new_page()
    be(duty, site, "hina")
    duty.goto(f"{site.url}/en/desk/")
    context.set_offline(True)
    expect(duty.get_by_text("no alarm sounds here", exact=False)).to_be_visible(timeout=30_000)
    context.set_offline(False)
    expect(duty.get_by_text("no alarm sounds here", exact=False)).to_be_hidden(timeout=30_000)
    context.clear_cookies()
    expect(duty.get_by_text("You are signed out here", exact=False)).to_be_visible(timeout=30_000)
    context.close()
