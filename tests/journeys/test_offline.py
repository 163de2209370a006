"""Without network: words wait on the phone, send themselves, are one case each, and go with "leave"."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright, expect
from tests.journeys import profile
from tests.journeys.acts import RECEIPT, be, forward
from tests.journeys.airplane import Line, line
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
WAITING = "[data-queue] article"
SENT = "[data-receipts] article"
# what a browser says whose disk is full; this one cannot be told to run out of room by itself
FULL = """() => { const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
  window.room = () => { IDBObjectStore.prototype.put = put; }; }"""


def choose(page: Page, line: Line, mask: str = "notes") -> None:
    """She reads what it means, and says yes."""
    page.goto(f"{line.url}/ur/keep/")
    page.locator(f"input[name=mask][value={mask}]").check()
    page.locator("[data-choose] button").click()
    expect(page.locator("form[data-write]")).to_be_visible(timeout=20_000)


def write(page: Page, words: str) -> None:
    page.locator("#id_text").fill(words)
    page.locator("form[data-write] button.main").click()
    expect(page.locator("[data-said=kept]")).to_be_visible()


def receipts(page: Page, count: int) -> list[str]:
    """What stands on the phone after sending, oldest first."""
    expect(page.locator(SENT)).to_have_count(count, timeout=90_000)
    found = [RECEIPT.search(each) for each in page.locator(SENT).all_inner_texts()]
    return [each[0].replace(" ", "") for each in found if each]


def cases(site: Site, since: int = 0) -> list[tuple[str, str]]:
    """Reference and the phone's own time of every report, in the order of arrival."""
    with closing(sqlite3.connect(f"file:{site.home}/mohalla.sqlite3?mode=ro", uri=True)) as base:
        rows = base.execute(
            "SELECT reference, told_at FROM reports_report ORDER BY received_at, id"
        )
        return list(rows)[since:]


def test_three_reports_in_airplane_mode_on_two_devices(
    site: Site, chromium: Playwright, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """Tabs killed, browsers restarted, network back: three cases, right order, no double."""
    before = len(cases(site))
    plan = {"one": ["پہلی بات ALIF-1", "دوسری بات BE-2"], "two": ["تیسری بات JEEM-3"]}
    with line(site.url) as way:
        for folder, words in plan.items():
            with profile.phone(chromium, tmp_path / folder, killed=True) as page:
                way.mend()
                choose(page, way)
                way.cut()
                page.reload()  # the page comes from the phone itself
                expect(page.locator("form[data-write]")).to_be_visible()
                for each in words:
                    write(page, each)
                expect(page.locator(WAITING)).to_have_count(len(words))
        assert len(cases(site)) == before
        way.mend()
        kept: dict[str, list[str]] = {}
        for folder, words in plan.items():
            with profile.phone(chromium, tmp_path / folder, killed=True) as page:
                page.goto(f"{way.url}/ur/keep/")
                kept[folder] = receipts(page, len(words))
                expect(page.locator(WAITING)).to_have_count(0)
        found = cases(site, before)
        assert len(found) == 3
        assert [at for _name, at in found] == sorted(at for _name, at in found)
        for folder, words in plan.items():  # killed again before it was read: it is still there
            with profile.phone(chromium, tmp_path / folder) as page:
                page.goto(f"{way.url}/ur/keep/")
                assert receipts(page, len(words)) == kept[folder]
                references = [
                    page.locator(SENT).nth(at).locator(".name").inner_text()
                    for at in range(len(words))
                ]
                assert references == [name for name, _at in found if name in references]
                page.locator("[data-act=read]").first.click()
                expect(page.locator(SENT)).to_have_count(len(words) - 1)
                page.reload()
                expect(page.locator("form[data-write]")).to_be_visible()
                expect(page.locator(SENT)).to_have_count(len(words) - 1)
        assert len(cases(site, before)) == 3
    figure("three reports, two devices, four kills: 3 cases, in the order of writing, 0 doubles")


def test_the_answer_was_lost_and_the_phone_died(
    site: Site, chromium: Playwright, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """It had arrived; nobody heard so. Sent again it is the same case, with the receipt that opens it."""
    before = len(cases(site))
    with line(site.url) as way:
        with profile.phone(chromium, tmp_path / "profile", killed=True) as page:
            choose(page, way)
            way.cut()
            write(page, "گم شدہ جواب QAF-7")
            way.mend()
            way.seen = lambda data: b'name="envelope"' in data  # after this nothing comes back
            page.reload()
            for _try in range(100):
                page.wait_for_timeout(200)
                if len(cases(site)) > before:
                    break
            assert len(cases(site, before)) == 1
            expect(page.locator(SENT)).to_have_count(0)
        way.mend()
        with profile.phone(chromium, tmp_path / "profile") as page:
            page.goto(f"{way.url}/ur/keep/")
            (digits,) = receipts(page, 1)
            page.goto(f"{way.url}/ur/track/")
            page.locator("input[name=receipt]").fill(digits)
            page.locator("form button.main").click()
            expect(page.locator("main")).to_contain_text("QAF-7", timeout=60_000)
    assert len(cases(site, before)) == 1


def test_changed_after_it_may_have_arrived_keeps_both(
    site: Site, chromium: Playwright, tmp_path: Path
) -> None:
    before = len(cases(site))
    with line(site.url) as way, profile.phone(chromium, tmp_path / "profile") as page:
        choose(page, way)
        way.cut()
        write(page, "پہلے یوں SEEN-1")
        way.mend()
        way.seen = lambda data: b'name="envelope"' in data
        page.reload()
        for _try in range(100):
            page.wait_for_timeout(200)
            if len(cases(site)) > before:
                break
        page.reload()
        page.locator("[data-act=change]").click()
        expect(page.locator("#id_text")).to_have_value("پہلے یوں SEEN-1")
        write(page, "پھر یوں SHEEN-2")
        way.mend()
        page.reload()
        receipts(page, 1)
        expect(page.locator(WAITING)).to_have_count(0)
        page.reload()
        page.wait_for_timeout(1000)
    assert len(cases(site, before)) == 2


def test_a_page_of_the_report_that_was_being_sent_waits(
    site: Site, chromium: Playwright, tmp_path: Path
) -> None:
    """The ordinary pages, no lock: the line breaks at “Send”; what she wrote is sent later, once."""
    before = len(cases(site))
    with line(site.url) as way, profile.phone(chromium, tmp_path / "profile") as page:
        choose(page, way)
        page.goto(f"{way.url}/ur/report/")
        forward(page)
        page.locator("details:has(button[value=street_light]) > summary").click()
        page.locator("button[name=pick][value=street_light]").last.click()
        page.locator("textarea[name=text]").fill("بتی خراب ہے LAAM-4")
        way.cut()
        forward(page)
        expect(page.locator("[data-state=draft]")).to_be_visible()  # she had not pressed Send
        way.mend()
        page.reload()
        page.wait_for_timeout(1000)
        assert len(cases(site)) == before
        page.locator("[data-act=send]").click()
        (digits,) = receipts(page, 1)
        assert site.get("/api/v1/report", Authorization=f"Receipt {digits}")["reference"]
    assert len(cases(site, before)) == 1


def test_a_full_phone_says_so_and_the_words_stay(
    site: Site, chromium: Playwright, tmp_path: Path
) -> None:
    with line(site.url) as way, profile.phone(chromium, tmp_path / "profile") as page:
        choose(page, way)
        way.cut()
        page.evaluate(FULL)
        page.locator("#id_text").fill("جگہ نہیں NOON-5")
        page.locator("form[data-write] button.main").click()
        expect(page.locator("[data-said=full]")).to_be_visible()
        expect(page.locator("#id_text")).to_have_value("جگہ نہیں NOON-5")
        expect(page.locator(WAITING)).to_have_count(0)
        page.evaluate("window.room()")
        page.locator("form[data-write] button.main").click()
        expect(page.locator("[data-said=kept]")).to_be_visible()


def test_several_tabs_send_once_and_files_come_after_words(
    site: Site, chromium: Playwright, tmp_path: Path
) -> None:
    before = len(cases(site))
    with line(site.url) as way, profile.phone(chromium, tmp_path / "profile") as page:
        choose(page, way)
        way.cut()
        page.locator("#id_files").set_input_files(
            {
                "name": "chat.pdf",
                "mimeType": "application/pdf",
                "buffer": b"%PDF-1.4\n1 0 obj<<>>endobj\n" * 40,
            }
        )
        write(page, "فائل کے ساتھ KAF-8")
        write(page, "دوسری، بغیر فائل GAAF-9")
        others = [page.context.new_page() for _tab in range(3)]
        for each in others:
            each.goto(f"{way.url}/ur/keep/")
            expect(each.locator(WAITING)).to_have_count(2)
        way.mend()
        for each in [page, *others]:
            each.evaluate("dispatchEvent(new Event('online'))")
        receipts(page, 2)
        expect(page.locator(WAITING)).to_have_count(0, timeout=60_000)
        digits = receipts(page, 2)[0]
        assert len(cases(site, before)) == 2
        page.goto(f"{way.url}/ur/track/")
        page.locator("input[name=receipt]").fill(digits)
        page.locator("form button.main").click()
        expect(page.locator("[data-sealed-file]")).to_have_count(1, timeout=60_000)


def test_answers_wait_and_a_copy_is_read_without_network(
    site: Site, chromium: Playwright, tmp_path: Path
) -> None:
    with line(site.url) as way, profile.phone(chromium, tmp_path / "profile") as page:
        choose(page, way)
        write(page, "میری بات MEEM-6")
        (digits,) = receipts(page, 1)
        page.goto(f"{way.url}/ur/track/")
        page.locator("input[name=receipt]").fill(digits)
        page.locator("form button.main").click()
        expect(page.locator("main")).to_contain_text("MEEM-6", timeout=60_000)
        page.locator("[data-keep-copy]").click()
        expect(page.locator("[data-keep-said]")).to_be_visible()
        page.locator("#message").fill("ایک سوال ہے WAO-2")
        way.cut()
        page.locator("button[value=message]").click()
        expect(page.locator(WAITING)).to_have_count(1)
        page.goto(f"{way.url}/ur/keep/")
        page.locator("[data-cases] summary").click()
        expect(page.locator("[data-lines]")).to_contain_text("MEEM-6")
        way.mend()
        page.reload()
        expect(page.locator(WAITING)).to_have_count(0, timeout=30_000)
        page.goto(f"{way.url}/ur/track/")
        page.locator("input[name=receipt]").fill(digits)
        page.locator("form button.main").click()
        expect(page.locator(".talk .mine")).to_have_count(1, timeout=60_000)
        expect(page.locator(".talk .mine")).to_contain_text("WAO-2")


def test_a_notice_on_a_locked_screen_says_nothing(
    site: Site, chromium: Playwright, tmp_path: Path
) -> None:
    """The browser's own tools deliver it, as its push service would; chosen name, neutral words."""
    with profile.phone(chromium, tmp_path / "profile") as page, line(site.url) as way:
        assert page.context.browser is not None
        tools = page.context.browser.new_browser_cdp_session()
        tools.send("Browser.grantPermissions", {"permissions": ["notifications"]})
        choose(page, way, mask="lists")
        steer, found = page.context.new_cdp_session(page), []
        steer.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: found.extend(told["registrations"]),
        )
        steer.send("ServiceWorker.enable")
        page.wait_for_timeout(500)
        (number,) = {row["registrationId"] for row in found if row["scopeURL"].startswith(way.url)}
        steer.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": way.url, "registrationId": number, "data": "{}"},
        )
        shown = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
          .map((each) => [each.title, each.body, each.lang, each.dir])"""
        for _try in range(30):
            if notices := page.evaluate(shown):
                break
            page.wait_for_timeout(200)
        assert notices == [["فہرستیں", "نئی خبر ہے۔", "ur", "rtl"]]


def test_an_update_between_writing_and_sending_loses_nothing(
    site: Site, chromium: Playwright, tmp_path: Path
) -> None:
    """Worker and page of the old program are gone when the network is back; the queue is not."""
    before = len(cases(site))
    with line(site.url) as way, profile.phone(chromium, tmp_path / "profile") as page:
        choose(page, way)
        way.cut()
        write(page, "پرانا پروگرام HE-3")
        page.evaluate(
            """async () => { for (const each of await navigator.serviceWorker.getRegistrations()) await each.unregister();
              for (const name of await caches.keys()) await caches.delete(name); }"""
        )
        way.mend()
        page.goto(f"{way.url}/ur/keep/")
        receipts(page, 1)
        assert len(cases(site, before)) == 1


def test_the_page_on_a_small_phone(site: Site, browser: Browser) -> None:
    """360 px, Urdu; pictures for eyes in a folder where one is named."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ur-PK")
    page = context.new_page()
    page.goto(f"{site.url}/ur/keep/")
    folder = os.environ.get("MOHALLA_PICTURES")
    for state in ("off", "on"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag22aa"]})
        assert found.response["violations"] == []
        if folder:
            page.screenshot(path=Path(folder) / f"keep-{state}.png", full_page=True)
        if state == "off":
            page.locator("[data-choose] button").click()
            expect(page.locator("form[data-write]")).to_be_visible(timeout=20_000)
            write(page, "گلی کی بتی دو ہفتے سے بند ہے")
            receipts(page, 1)
    context.close()


def test_notes_of_visits_come_in_later_and_in_order(
    site: Site, chromium: Playwright, tmp_path: Path
) -> None:
    """An officer takes the references along; signing out leaves nothing of it on the phone."""
    reference = site.post(
        "/api/v1/reports",
        {"text": "گلی کی بتی بند ہے", "language": "ur", "category": "street_light", "place": {"mohalla": "gul-bagh"}},
    )["reference"]  # fmt: skip
    words = ["گھر پر کوئی نہ تھا", "عدالت میں تاریخ ملی"]
    with line(site.url) as way, profile.phone(chromium, tmp_path / "profile") as page:
        way_site = Site(way.url, site.home)
        choose(page, way)
        be(page, way_site, "ali")
        page.goto(f"{way.url}/ur/desk/notes/")
        page.locator("[data-take-along] button").click()
        expect(page.locator("[data-taken]")).to_be_visible()
        way.cut()
        page.goto(f"{way.url}/ur/keep/")
        form = page.locator("form[data-notes]")
        for kind, each in zip(("visit", "court"), words, strict=True):
            form.locator("[name=reference]").select_option(reference)
            form.locator("[name=kind]").select_option(kind)
            form.locator("[name=note]").fill(each)
            form.locator("button").click()
            expect(form.locator("[name=note]")).to_have_value("")
        expect(page.locator(WAITING)).to_have_count(2)
        assert notes(site) == []
        way.mend()
        page.reload()
        expect(page.locator(WAITING)).to_have_count(0, timeout=30_000)
        until = time.monotonic() + 30  # the page may not have drawn yet what waits
        while len(notes(site)) < 2 and time.monotonic() < until:
            page.wait_for_timeout(200)
        assert notes(site) == [("visit",), ("court",)]
        page.goto(f"{way.url}/ur/desk/")
        page.locator("form[action$='sign-out/'] button").click()
        page.wait_for_url("**/sign-in/**")
        page.wait_for_timeout(1000)
        assert page.evaluate("async () => (await indexedDB.databases()).length") == 0


def notes(site: Site) -> list[tuple[str]]:
    """Kinds of those that came from a phone, in the order in which they were written there."""
    with closing(sqlite3.connect(f"file:{site.home}/mohalla.sqlite3?mode=ro", uri=True)) as base:
        return list(
            base.execute("SELECT kind FROM casework_note WHERE told_at NOT NULL ORDER BY at, id")
        )
