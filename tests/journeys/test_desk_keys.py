"""Keys from hand to hand in real browsers: made, given, rotated after a transfer, recovered.

A virtual authenticator of Chromium itself (PRF); what it seals is opened by pyrage, and the other way
round. Nothing that opens anything reaches the server.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Site, running
from tests.journeys.test_axe import faults
from tests.journeys.test_passkeys import device

from mohalla.foundation.keys.rules.phrase import SHOWN

pytestmark = pytest.mark.journey
DESK, HIS = "khawateen-desk", "thana-purana-pul"
SECRET = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{10}")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """An installation of its own: keys are revoked here."""
    with running(tmp_path_factory.mktemp("keys")) as found:
        found.url = found.url.replace("127.0.0.1", "localhost")  # passkeys are bound to a name
        yield found


class Officer:
    """One officer at an own browser with an own device."""

    def __init__(self, browser: Browser, site: Site, name: str) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ur-PK")
        self.page: Page = self.context.new_page()
        self.site, self.sent, self.errors = site, list[str](), list[str]()
        self.page.on("request", lambda asked: self.sent.append(f"{asked.url} {asked.post_data}"))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on(
            "console", lambda row: self.errors.append(row.text) if row.type == "error" else None
        )
        self.cdp = self.context.new_cdp_session(self.page)
        self.cdp.send("WebAuthn.enable")
        self.device = device(self.cdp)
        self.context.request.post(f"{site.url}/demo/sign-in", form={"as": name})

    def goto(self, path: str) -> None:
        self.page.goto(self.site.url + path)

    def press(self, form: str) -> None:
        """The button of the form that has this mark, and the page after it."""
        with self.page.expect_navigation():
            self.page.locator(f"form[data-keys={form}] button").first.click()

    def make_passkey(self) -> None:
        self.goto("/ur/desk/me/passkeys/")
        self.page.locator("input[name=name]").fill("میرا فون")
        with self.page.expect_navigation():
            self.page.locator("[data-passkey] button").click()

    def own_key(self, behind: str) -> str:
        """A key of their own behind a passkey or a phrase; the digits of the phrase."""
        self.goto("/ur/desk/me/key/")
        assert faults(self.page) == []
        digits = self.page.locator("[data-phrase]").inner_text()
        self.page.locator("form[data-keys=own-phrase] input[type=checkbox]").check()
        self.press(f"own-{behind}")
        self.kept()
        return digits

    def lose(self) -> None:
        """The key of the demonstration ends."""
        self.goto("/ur/desk/me/key/end")
        with self.page.expect_navigation():
            self.page.locator("main form button").click()

    def open(self, phrase: str = "") -> None:
        """The panel, by passkey or by this phrase (the demonstration's stands there already)."""
        self.goto("/ur/desk/keys/")
        if phrase:
            self.page.locator("#phrase").fill(phrase)
        self.page.locator("[data-by=passkey], [data-by=phrase] button").first.click()
        expect(self.page.locator("[data-holder] [data-said=open]")).to_be_visible(timeout=20_000)

    def kept(self) -> None:
        """What was done is said, and the page is readable for everybody."""
        expect(self.page.locator("main > .note.kind")).to_be_visible()
        assert faults(self.page) == []

    def close(self) -> None:
        assert not any(SECRET.search(line.encode()) for line in self.sent), (
            "a private half was sent"
        )
        assert self.errors == []
        self.context.close()


def rows(site: Site, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with sqlite3.connect(f"file:{site.home}/mohalla.sqlite3?mode=ro", uri=True) as opened:
        return opened.execute(sql, values).fetchall()


NEWEST = """SELECT k.version, k.recipient, k.older_sealed, k.id FROM keys_deskkey k
  JOIN units_unit u ON u.id = k.unit_id WHERE u.code = ? AND k.retired_at IS NULL"""
BOX = """SELECT b.sealed, b.ended_why FROM keys_deskkeybox b
  JOIN keys_officerkey o ON o.id = b.officer_key_id JOIN people_officer p ON p.id = o.officer_id
  WHERE b.desk_key_id = ? AND p.name_en LIKE ?"""
OWN = """SELECT x.sealed FROM keys_keybox x JOIN keys_officerkey o ON o.id = x.key_id
  JOIN people_officer p ON p.id = o.officer_id
  WHERE o.revoked_at IS NULL AND x.kind = 'phrase' AND p.name_en LIKE ?"""


KEEPERS = """SELECT a.name FROM keys_recoveryshare s JOIN keys_officerkey o ON o.id = s.holder_key_id
  JOIN people_account a ON a.officer_id = o.officer_id JOIN keys_deskkey k ON k.id = s.desk_key_id
  JOIN units_unit u ON u.id = k.unit_id WHERE u.code = ? ORDER BY a.name"""


def newest(site: Site, desk: str = DESK) -> tuple[int, str, str, str]:
    """Version, public half, older half sealed, name."""
    (row,) = rows(site, NEWEST, desk)
    return row  # type: ignore[return-value] # as the statement says


def own(site: Site, name: str, phrase: str) -> pyrage.x25519.Identity:
    """The private half of somebody who told the test their phrase, opened by pyrage."""
    ((sealed,),) = rows(site, OWN, f"{name}%")
    return identity(pyrage.passphrase.decrypt(sealed.encode(), phrase.replace(" ", "")))


def held(site: Site, name: str, key: pyrage.x25519.Identity) -> pyrage.x25519.Identity:
    """The desk's private half out of this officer's box."""
    ((sealed, ended),) = rows(site, BOX, newest(site)[3], f"{name}%")
    assert ended == ""
    return identity(pyrage.decrypt(sealed.encode(), [key]))


def identity(words: bytes) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str(words.decode())


def keeper(site: Site, browser: Browser, page: str, **said: str) -> None:
    """The keeper of postings fills in a page; values are words of the choice."""
    naveed = Officer(browser, site, "naveed")
    naveed.goto(f"/en/desk/people/{page}/")
    for name, words in said.items():
        choice = naveed.page.locator(f"select[name={name}]")
        value = choice.locator("option", has_text=words).first.get_attribute("value")
        choice.select_option(value)
    with naveed.page.expect_navigation():
        naveed.page.locator("main form .buttons button").first.click()
    naveed.close()


def traces(home: Path) -> list[str]:
    """Files of the installation in which a private half stands in the clear."""
    return [
        str(path) for path in home.rglob("*")
        if path.is_file() and SECRET.search(path.read_bytes())
    ]  # fmt: skip


def test_a_key_from_hand_to_hand(place: Site, browser: Browser) -> None:
    sana, shabana = Officer(browser, place, "sana"), Officer(browser, place, "shabana")
    for one in (sana, shabana):
        one.lose()
    place.command("keys", "revoke", DESK, "--why", "both keys were lost")
    sana.make_passkey()
    sana.own_key("passkey")
    sana.goto("/ur/desk/keys/")
    sana.press("make")
    sana.kept()
    version, public, older, first = newest(place)
    assert (version, older) == (2, ""), "what was sealed to the lost one stays closed"

    # Shabana has password and code only: a phrase; she waits, Sana gives, both see the same digits
    phrase = shabana.own_key("phrase")
    digits = shabana.page.locator("[data-fingerprint]").first.inner_text()
    sana.goto("/ur/desk/keys/")
    waiting = sana.page.locator("li", has=sana.page.locator("form[data-keys=give]"))
    assert waiting.locator("[data-fingerprint]").inner_text() == digits
    sana.press("give")
    sana.kept()
    mine = own(place, "Shabana", phrase)
    desk = held(place, "Shabana", mine)
    assert str(desk.to_public()) == public, "pyrage opens what two browsers sealed"
    shabana.open(phrase)

    # Sana is transferred: her box ends at once, Shabana is told, the old opens through the new
    keeper(place, browser, "end", posting="Sana Bibi")
    sana.context.request.post(f"{place.url}/demo/sign-in", form={"as": "sana"})
    sana.goto("/ur/desk/keys/")
    assert sana.page.locator("section.card[id]").count() == 0
    assert '"desks": []' in str(sana.page.locator("#holder").text_content())
    assert rows(place, BOX, first, "Sana%")[0][1] == "posting"
    assert "khawateen-desk" in place.command("keys", "list")
    shabana.open(phrase)
    expect(shabana.page.locator(".note.warm")).to_be_visible()
    shabana.press("rotate")
    shabana.kept()
    version, public, older, _key = newest(place)
    latest = held(place, "Shabana", mine)
    assert (version, str(latest.to_public())) == (3, public)
    assert str(identity(pyrage.decrypt(older.encode(), [latest]))) == str(desk)
    shabana.open(phrase)  # the panel opens every version and compares each with its public half

    # nobody is left; somebody new asks, two of three open, and it comes together
    keeper(place, browser, "end", posting="Shabana")
    keeper(place, browser, "post", officer="Zoya", unit="Women", role="Member")
    zoya = Officer(browser, place, "zoya")
    zoya.goto("/ur/desk/keys/")
    zoya.page.locator(f"#{DESK} form[action$='/recovery'] button").first.click()
    zoya.kept()
    for name in ("farah", "samina"):
        one = Officer(browser, place, name)
        one.open()
        one.press("share")
        one.kept()
        one.close()
    zoya.open()
    zoya.press("finish")
    zoya.kept()
    got = held(place, "Zoya", own(place, "Zoya", SHOWN))
    assert str(got) == str(latest), "the browser put together what it had split"

    for one in (sana, shabana, zoya):
        one.close()
    assert traces(place.home) == []
    (place.home / "control").write_text(str(latest))
    assert len(traces(place.home)) == 1, "the search finds what it looks for"


def test_somebody_of_another_desk_sees_and_gets_nothing(place: Site, browser: Browser) -> None:
    ehsan = Officer(browser, place, "ehsan")
    ehsan.goto("/ur/desk/keys/")
    page = ehsan.page.content()
    key = newest(place)[3]
    for (sealed,) in rows(place, "SELECT sealed FROM keys_deskkeybox WHERE desk_key_id = ?", key):
        assert sealed[60:120] not in page
    assert DESK not in page
    assert HIS in page, "his own desk is there"

    # a drill of his own desk, whose shares Python made: the browser puts the same key together
    ehsan.page.locator(f"#{HIS} form[action$='/recovery'] button[name=drill]").click()
    ehsan.kept()
    for (name,) in rows(place, KEEPERS, HIS)[:2]:
        one = Officer(browser, place, name)
        one.open()
        one.press("share")
        one.close()
    ehsan.open()
    ehsan.press("finish")
    ehsan.kept()
    assert rows(place, "SELECT drill, done FROM keys_recovery WHERE drill = 1") == [(1, 1)]
    assert "thana-purana-pul  20" in place.command("keys", "drills")
    ehsan.close()
