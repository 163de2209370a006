"""Blackmail, sealed on her phone: Sana's desk alone opens it, and she sees who did.

P01 and P02: the words are in no request, file, log or memory of the server; where sealing fails,
nothing is sent. The same search finds an ordinary report, so that it would have found this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect
from tests.journeys import sentinels
from tests.journeys.acts import RECEIPT, be, contact, forward, report
from tests.journeys.conftest import Site, running

pytestmark = pytest.mark.journey
TOLD = "وہ میری تصویریں پھیلائے گا زرفشاں قرطاس پر QURATULAIN-4471"
FILE = b"%PDF-1.4\n% SHAHEENBAGH-9917\n1 0 obj<<>>endobj\n"
LATER = b"%PDF-1.4\n% MEHRABPUR-3345\n1 0 obj<<>>endobj\n"
ASKED = "کیا کوئی خبر ہے DARYAKINARE-2203"
ANSWER = "ہم نے نیلوفری چلمن کا پتا کیا JHOOMARWALA-6658"
DONE = "اکاؤنٹ بند کرا دیا گیا MISHRIKHAN-3301"
NAME = "ZARMEENAGUL-7745"
SECRETS = [word for text in (TOLD, ASKED, ANSWER, DONE) for word in text.split()[-1:]] + [
    "SHAHEENBAGH-9917", "MEHRABPUR-3345", NAME, "زرفشاں قرطاس", "نیلوفری چلمن",
]  # fmt: skip
CONTROL = "OPENWORDS-1188"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, Path]]:
    """An installation of its own, and the file with all that it says."""
    log = tmp_path_factory.mktemp("log") / "server.log"
    with running(tmp_path_factory.mktemp("sealed"), log=log) as site:
        yield site, log


@pytest.fixture
def sent(browser: Browser) -> Iterator[tuple[BrowserContext, list[bytes]]]:
    """A phone, and everything that leaves it."""
    context = browser.new_context(locale="ur-PK", viewport={"width": 360, "height": 740})
    left: list[bytes] = []

    def note(request: Request) -> None:
        left.append(request.url.encode() + b"\n" + (request.post_data_buffer or b""))

    context.on("request", note)
    yield context, left
    context.close()


def begin(page: Page, site: Site, matter: str) -> None:
    """As far as the page that seals."""
    page.goto(f"{site.url}/ur/report/")
    forward(page)
    page.locator(f"details:has(button[value={matter}]) > summary").click()
    page.locator(f"button[name=pick][value={matter}]").last.click()


def fill(page: Page) -> None:
    """All steps up to the last."""
    page.locator("#id_text").fill(TOLD)
    page.locator("#photos").set_input_files(
        {"name": "chat.pdf", "mimeType": "application/pdf", "buffer": FILE}
    )
    expect(page.locator("[data-files]")).to_contain_text("chat.pdf")
    go = page.locator("[data-go=next]")
    go.click()
    page.locator("#id_place").select_option("gul-bagh")
    go.click()
    page.locator("input[name=danger][value=no]").check()
    go.click()
    page.locator("#id_name").fill(NAME)
    go.click()


def seal(page: Page) -> tuple[str, str]:
    """Send it; reference and receipt."""
    expect(page.locator("[data-desks]")).to_contain_text(re.compile(r"\S\S"))
    page.locator("[data-go=send]").click()
    digits = page.locator("[data-digits]")
    expect(digits).to_have_text(RECEIPT, timeout=60_000)
    return page.locator(".receipt .name").inner_text().strip(), digits.inner_text()


def follow(page: Page, site: Site, receipt: str) -> None:
    """With the receipt typed, on a phone that has forgotten everything."""
    page.goto(f"{site.url}/ur/track/")
    page.locator("input[name=receipt]").fill(receipt)
    page.locator("form button.main").click()
    expect(page.locator("[data-report-key]")).to_be_attached(timeout=60_000)


def unlock(page: Page) -> None:
    """The demonstration's phrase stands in its field."""
    page.locator("[data-by=phrase] button").click()


def test_promise_P01_sealed_words_are_nowhere_at_the_server(
    watched: tuple[Site, Path], sent: tuple[BrowserContext, list[bytes]], browser: Browser,
    figure: Callable[[str], None],
) -> None:  # fmt: skip
    site, log = watched
    context, left = sent
    phone = context.new_page()
    begin(phone, site, "online_harassment")
    fill(phone)
    reference, receipt = seal(phone)
    phone.locator("form[action$='track/'] button.main").click()
    phone.locator("#message").fill(ASKED)
    phone.locator("button[value=message]").click()
    expect(phone.locator(".talk")).to_contain_text("DARYAKINARE-2203")
    phone.locator("#files").set_input_files(
        {"name": "later.pdf", "mimeType": "application/pdf", "buffer": LATER}
    )
    phone.locator("button[value=message]").click()
    expect(phone.locator("[data-sealed-file]")).to_have_count(2)

    desk = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 800})
    desk.on("request", lambda it: left.append(it.url.encode() + (it.post_data_buffer or b"")))
    page = desk.new_page()
    be(page, site, "sana")
    case = f"{site.url}/en/desk/cases/{reference}/"
    page.goto(case)
    expect(page.locator("main")).not_to_contain_text("QURATULAIN-4471")
    unlock(page)
    expect(page.locator("main")).to_contain_text("QURATULAIN-4471")
    expect(page.locator("main")).to_contain_text(NAME)
    for button, content in ((0, FILE), (1, LATER)):
        with page.expect_download() as kept:
            page.locator("[data-sealed-file]").nth(button).click()
        assert Path(kept.value.path()).read_bytes() == content
    page.goto(case + "message")
    page.locator("textarea[name=text]").fill(ANSWER)
    with page.expect_navigation():
        page.locator("main form .buttons button").first.click()
    contact(page, case)
    page.goto(case + "outcome")
    page.locator("input[name=kind]").first.check()
    page.locator("textarea[name=what_done]").fill(DONE)
    page.locator("select[name=proof]").select_option(index=1)
    page.locator("input[name=photo]").set_input_files(
        {"name": "note.pdf", "mimeType": "application/pdf", "buffer": FILE}
    )
    with page.expect_navigation():
        page.locator("main form .buttons button").first.click()

    page.goto(f"{site.url}/en/desk/search/")
    page.get_by_role("link", name="Search in sealed cases").click()
    page.locator("textarea").fill("The same man may have written to others.")
    page.locator("form.narrow button.main").click()
    unlock(page)
    page.locator("#q").fill("زرفشان قرطاس")  # another letter, the same word
    expect(page.locator("[data-found] a")).to_have_text(reference)
    page.locator("#q").fill("نیلوفری چلمن")
    expect(page.locator("[data-found] a")).to_have_text(reference)
    page.locator("#q").fill("نیلوفری چاند")
    expect(page.locator("[data-found] a")).to_have_count(0)

    again = context.new_page()
    follow(again, site, receipt)
    for word in ("JHOOMARWALA-6658", "QURATULAIN-4471", "ایک تلاش میں"):
        expect(again.locator("main")).to_contain_text(word)

    plain = context.new_page()
    report(plain, site, matter="street_light", words=f"بتی نہیں {CONTROL}")
    assert sentinels.within(b"\n".join(left), [CONTROL]) == {CONTROL}
    assert (
        sentinels.within(b"\n".join(left), [*SECRETS, receipt, receipt.replace(" ", "")]) == set()
    )
    said = [*SECRETS, receipt, receipt.replace(" ", "")]
    assert CONTROL in {
        hit for hits in sentinels.files(site.home, [CONTROL]).values() for hit in hits
    }
    assert sentinels.files(site.home, said) == {}
    assert sentinels.within(log.read_bytes(), [*said, CONTROL]) == set()
    looked = remembered(site, said)
    desk.close()
    figure(
        f"{len(said)} secrets, six encodings, {len(left)} requests, all files of the installation "
        f"and the memory of {looked} processes: none; the ordinary report is found"
    )


def remembered(site: Site, words: list[str]) -> int:
    """Looks into every process of the server; how many could be looked into."""
    home = str(site.home).encode()
    ours = [
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/environ")
        if path.stat().st_uid == Path("/proc/self").stat().st_uid and home in _read(path)
    ]
    mine = [pid for pid in ours if sentinels.readable(pid)]
    for pid in mine:
        assert sentinels.memory(pid, words) == set(), f"process {pid}"
    return len(mine)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


BROKEN = {
    "no randomness": "() => { crypto.getRandomValues = () => { throw new Error('broken'); }; }",
    "keys of nobody": "",
    "upload refused": "",
    "sealed wrongly": "() => { const old = TextEncoder.prototype.encode; "
    "TextEncoder.prototype.encode = function (words) { "
    "const out = old.call(this, words); return out.length > 60 ? out.slice(1) : out; }; }",
}


@pytest.mark.parametrize("how", BROKEN)
def test_promise_P02_where_sealing_fails_nothing_is_sent(
    watched: tuple[Site, Path], sent: tuple[BrowserContext, list[bytes]], how: str,
    figure: Callable[[str], None],
) -> None:  # fmt: skip
    site, _log = watched
    context, left = sent
    page = context.new_page()
    begin(page, site, "online_harassment")
    fill(page)
    expect(page.locator("[data-desks]")).to_contain_text(re.compile(r"\S\S"))

    def keys(route: Route) -> None:
        told = route.fetch().json()
        for desk in told["desks"]:
            desk["recipient"] = "age1" + "q" * 58
        route.fulfill(json=told)

    def asks_for_keys(request: Request) -> bool:
        return b"keys" in (request.post_data_buffer or b"")[:600]

    if how == "keys of nobody":
        page.locator("[data-go=back]").click()
        page.route(
            "**/report/", lambda it: keys(it) if asks_for_keys(it.request) else it.continue_()
        )
        page.locator("[data-go=next]").click()
        page.wait_for_timeout(500)
    elif how == "upload refused":
        page.route("**/attachments", lambda it: it.fulfill(status=500, body="{}"))
    else:
        page.evaluate(BROKEN[how])
    page.locator("[data-go=send]").click()
    expect(
        page.locator(
            "[data-said=failed]:visible, [data-said=network]:visible, [data-said=refused]:visible"
        )
    ).to_be_visible(timeout=60_000)
    assert page.locator("[data-digits]").count() == 0
    assert sentinels.within(b"\n".join(left), SECRETS) == set()
    assert not any(b"seal" in body and b"envelope" in body for body in left)
    figure(f"{how}: {len(left)} requests, none with a word; the page says so")


def test_promise_P02_a_blocked_script_asks_before_it_costs(
    watched: tuple[Site, Path], sent: tuple[BrowserContext, list[bytes]],
    figure: Callable[[str], None],
) -> None:  # fmt: skip
    site, _log = watched
    context, left = sent
    page = context.new_page()
    page.route("**/seal*.js", lambda it: it.abort())
    begin(page, site, "online_harassment")
    expect(page.locator("[data-without]")).to_be_visible()
    expect(page.locator("form[data-sealing]")).to_be_hidden()
    assert page.locator("textarea:visible").count() == 0
    page.unroute("**/seal*.js")
    begin(page, site, "online_harassment")  # the positive twin: the same page, its script let in
    fill(page)
    seal(page)
    assert sentinels.within(b"\n".join(left), SECRETS) == set()
    figure("a blocked script: nothing can be typed before the choice is made")


def test_a_station_sees_nothing_of_it(
    watched: tuple[Site, Path], sent: tuple[BrowserContext, list[bytes]], browser: Browser
) -> None:
    """An officer of a station gets a 404; Sana's reading is seen by her who wrote it."""
    site, _log = watched
    context, _left = sent
    phone = context.new_page()
    begin(phone, site, "online_harassment")
    fill(phone)
    reference, receipt = seal(phone)
    with browser.new_context() as desk:
        page = desk.new_page()
        be(page, site, "ali")
        answer = page.goto(f"{site.url}/en/desk/cases/{reference}/")
        assert answer is not None
        assert answer.status == 404
        be(page, site, "sana")
        page.goto(f"{site.url}/en/desk/cases/{reference}/")
        unlock(page)
        expect(page.locator("main")).to_contain_text("QURATULAIN-4471")
    follow(phone, site, receipt)
    expect(phone.locator("main")).to_contain_text("ثنا بی بی")
