"""axe finds nothing: every page of residents and of the desk, right to left and left to right."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.journeys.acts import press, track
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
PUBLIC = (
    "",
    "report/",
    "track/",
    "track/lost/",
    "who/",
    "who/?mohalla=gul-bagh",
    "recording/",
    "help/",
    "help/card/",
    "help/journey/",
    "help/works/",
    "demo/",
    "phone/",
    "sign-in/",
    "sign-in/invitation/",
    "no-such-page/",
)
VERBS = (
    "", "contact", "message", "record", "diary", "refusal", "letter", "stage", "route",
    "classification", "outcome", "handover", "note", "link", "merge", "print",
)  # fmt: skip
DESK = (
    "desk/",
    "desk/search/?q=chori",
    "desk/decisions/",
    "desk/alarms/",
    "desk/handover/",
    "desk/new/",
    "desk/claims/",
    "desk/me/",
    "desk/me/passkeys/",
    "desk/prove/",
)
KEEPER = (
    "desk/people/", "desk/people/post/", "desk/people/end/", "desk/people/hours/",
    "desk/people/leave/", "desk/people/back/", "desk/prompts/",
    "desk/prompts/?language=ps&prompt=values", "desk/prompts/?language=en&part=menu.1",
    "desk/people/accounts/",  # the last one: somebody is invited there below
)  # fmt: skip


TOUCHED = ".button, .pick, .call, .tongues > *, .links a, .emergency a, summary, select, .exit a"
TOO_SMALL = """found => found.filter(e => e.offsetParent !== null).map(e => [e, (
    e.getBoundingClientRect())]).filter(([e, r]) => r.height < 44 || r.width < 44).map(
    ([e, r]) => e.textContent.trim().slice(0, 30) + " " + r.width + "x" + r.height)"""


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {row['id']}: {row['nodes'][0]['html'][:120]}" for row in found]


@pytest.mark.parametrize("language", ["ur", "en"])
def test_no_page_has_a_fault(site: Site, browser: Browser, language: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    wrong: list[str] = []

    def judge() -> None:
        wrong.extend(faults(page))
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > 360:
            wrong.append(f"{page.url} is {wide} px wide on a phone of 360")

    def look(paths: tuple[str, ...]) -> None:
        for path in paths:
            page.goto(f"{site.url}/{language}/{path}")
            judge()
            if not path.startswith("desk"):
                small = page.locator(TOUCHED).evaluate_all(TOO_SMALL)
                wrong.extend(f"{page.url} too small to touch: {row}" for row in small)

    look(PUBLIC)
    filed = site.post(
        "/api/v1/reports",
        {"category": "theft", "text": "Purse chori ho gaya", "place": {"mohalla": "gul-bagh"}},
    )
    track(page, site, filed["receipt"], language)
    wrong.extend(faults(page))
    for code, paths in (("ali", DESK), ("naveed", KEEPER)):
        page.goto(f"{site.url}/{language}/demo/")
        page.locator(f"button[name=as][value={code}]").click()
        look(paths)
        if code == "ali":
            look(tuple(f"desk/cases/{filed['reference']}/{verb}" for verb in VERBS))
            page.goto(f"{site.url}/{language}/desk/cases/{filed['reference']}/refusal")
            page.locator("textarea[name=reason]").fill("Kaghaz nahi the")
            page.locator("input[name=law]").fill("155")
            press(page)
        else:
            page.locator("#invite_account").select_option(label="nadir")
            page.locator("form:has(#invite_account) button").click()
            expect(page.locator(".receipt")).to_be_visible()
            judge()
    track(page, site, filed["receipt"], language)
    wrong.extend(faults(page))
    page.locator("button[value=petition]").click()
    expect(page.locator(".sheet")).to_be_visible()
    wrong.extend(faults(page))
    context.close()
    assert not wrong, "\n".join(wrong)
