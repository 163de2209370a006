"""Sana signs in with a passkey: enrol, sign in, prove it at a confidential case, remove, fall back.

A virtual authenticator of Chromium itself (resident keys, verified user, PRF) over CDP: the page's
script, the browser's WebAuthn and the server are the real ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.journeys.acts import press
from tests.journeys.conftest import Site
from tests.journeys.manual import Manual
from tests.journeys.test_axe import faults

pytestmark = pytest.mark.journey
PASSWORD = "a lamp in every lane"
DEVICE = {
    "protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal",
    "hasResidentKey": True, "hasUserVerification": True, "hasPrf": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def device(cdp: Any) -> str:
    """A new virtual authenticator."""
    made = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return str(made["authenticatorId"])


@dataclass
class Phone:
    """A page at the address that passkeys are bound to, and its authenticator."""

    page: Page
    url: str
    cdp: Any
    key: str
    said: list[str]

    def goto(self, path: str) -> None:
        self.page.goto(self.url + path)

    def refuse(self) -> None:
        """From now on finger, face or PIN do not fit; the device blocks itself after one try."""
        self.cdp.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self.key, "isUserVerified": False}
        )

    def renew(self, credential: dict[str, Any]) -> None:
        """A device that fits again and holds this passkey."""
        self.cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.key})
        self.key = device(self.cdp)
        self.cdp.send(
            "WebAuthn.addCredential", {"authenticatorId": self.key, "credential": credential}
        )

    def tap(self) -> None:
        """The button that asks the device; on to the next page."""
        with self.page.expect_navigation():
            self.page.locator("[data-passkey] button").click()

    def credentials(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.cdp.send(
            "WebAuthn.getCredentials", {"authenticatorId": self.key}
        )["credentials"]
        return found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ur-PK")
    yield opened
    opened.close()


def phone_of(context: BrowserContext, site: Site) -> Phone:
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda row: said.append(row.text) if row.type == "error" else None)
    cdp = context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    return Phone(page, site.url.replace("127.0.0.1", "localhost"), cdp, device(cdp), said)


def renewed(page: Page, url: str, name: str) -> str:
    """The keeper gives a new password; the secret of the codes, as the page shows it once."""
    page.goto(f"{url}/ur/demo/")
    page.locator("button[name=as][value=naveed]").click()
    page.goto(f"{url}/ur/desk/people/accounts/")
    page.locator("#renew_account").select_option(label=name)
    page.locator("#renew_password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("#renew_password").press("Enter")
    found = re.search(r"\b[A-Z2-7]{32}\b", page.locator(".receipt").inner_text())
    assert found
    page.locator("form[action$='/sign-out/'] button").click()
    return found[0]


def test_sana_and_her_passkey(own_site: Site, context: BrowserContext) -> None:
    site, manual = own_site, Manual("Sana signs in with a passkey", "8-passkeys")
    hidden = site.post(
        "/api/v1/reports",
        {"category": "home_violence", "text": "Wo marta hai", "place": {"mohalla": "gul-bagh"}},
    )["reference"]
    phone = phone_of(context, site)
    page = phone.page
    secret = renewed(page, phone.url, "sana")

    def by_code(path: str) -> None:
        phone.goto(path)
        page.locator("input[name=name]").fill("sana")
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("input[name=code]").fill(pyotp.TOTP(secret).at(site.wait(hours=0)))
        with page.expect_navigation():
            page.locator("input[name=code]").press("Enter")

    by_code("/ur/sign-in/")
    expect(page).to_have_url(phone.url + "/ur/desk/")
    phone.goto("/ur/desk/me/")
    page.locator("a[href$='/desk/me/passkeys/']").click()
    page.locator("input[name=name]").fill("میرا فون")
    manual.shot(page, "A passkey is made: a name for the device, the rest is the device's.")
    phone.tap()
    expect(page).to_have_url(phone.url + "/ur/desk/me/")
    (kept,) = phone.credentials()
    assert kept["isResidentCredential"]
    assert kept["rpId"] == "localhost"
    expect(page.locator("main")).to_contain_text("میرا فون")
    expect(page.locator("main")).to_contain_text("مہر بند رپورٹوں")
    manual.shot(page, "Her passkeys, where she is signed in, and what happened.")

    # the same device has it already, and says so without leaving the page
    phone.goto("/ur/desk/me/passkeys/")
    page.locator("[data-passkey] button").click()
    expect(page.locator("[data-said=known]")).to_be_visible()

    page.locator("form[action$='/sign-out/'] button").click()
    expect(page.locator("input[name=password]")).to_be_visible()
    assert faults(page) == []
    manual.shot(page, "Signing in: by passkey, or by password and code.")
    phone.refuse()
    page.locator("[data-passkey] button").click()
    expect(page.locator("[data-said=stopped]")).to_be_visible()
    assert faults(page) == []
    phone.renew(phone.credentials()[0])
    phone.tap()
    expect(page).to_have_url(phone.url + "/ur/desk/")

    # a confidential case: fresh from signing in it opens, eleven minutes later it asks
    case = f"/ur/desk/cases/{hidden}/"
    phone.goto(case)
    expect(page.locator("main")).to_contain_text("Wo marta hai")
    phone.goto(case + "note")
    page.locator("input[name=kind]").first.check()
    page.locator("textarea[name=text]").fill("بہن کے گھر پر ہے")
    site.wait(hours=11 / 60)
    press(page)
    expect(page.locator("h1")).to_be_visible()
    assert page.locator("input[name=text]").input_value() == "بہن کے گھر پر ہے"
    manual.shot(page, "The proof was too old: what she typed is kept, nothing was sent.")
    assert faults(page) == []
    with context.expect_page() as opened:
        page.locator("a[target=_blank]").click()
    second = opened.value
    cdp = context.new_cdp_session(second)  # the same device, held to the new window
    cdp.send("WebAuthn.enable")
    key = device(cdp)
    cdp.send(
        "WebAuthn.addCredential", {"authenticatorId": key, "credential": phone.credentials()[0]}
    )
    expect(second.locator("[data-passkey] button")).to_be_visible()
    assert faults(second) == []
    manual.shot(second, "Prove that it is you, by passkey or code.")
    with second.expect_navigation():
        second.locator("[data-passkey] button").click()
    expect(second).to_have_url(phone.url + case + "note")
    (moved,) = cdp.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
    second.close()
    page.locator("main form button").last.click()
    expect(page).to_have_url(phone.url + case)
    expect(page.locator("main")).to_contain_text("بہن کے گھر پر ہے")

    # the copy counted further than the phone: the phone counts backwards now, and that is told
    page.locator("form[action$='/sign-out/'] button").click()
    phone.renew(moved | {"signCount": 0})
    phone.tap()
    expect(page.locator("main > .note[role=alert]")).to_be_visible()
    site.wait(hours=0.02)
    by_code("/ur/sign-in/")
    expect(page).to_have_url(phone.url + "/ur/desk/")
    expect(page.locator("main .note[role=alert]").last).to_be_visible()
    phone.goto("/ur/desk/me/")
    page.locator("a[href$='/removal']").first.click()
    manual.shot(page, "A lost passkey is removed.")
    assert faults(page) == []
    press(page)
    expect(page).to_have_url(phone.url + "/ur/desk/me/")
    page.locator("form[action$='/sign-out/'] button").click()
    phone.tap()
    expect(page.locator("main > .note[role=alert]")).to_be_visible()
    site.wait(hours=0.02)
    by_code(f"/ur/sign-in/?next={case}")
    expect(page).to_have_url(phone.url + case)
    refused = [row for row in phone.said if "Content Security Policy" in row]
    assert refused == [], "the strict policy holds with the script"
    manual.close()
