"""P24 in a browser: on the desk's page letters stand in the order in which they were typed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page
from tests.journeys.acts import be
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
TROJANS = {
    "file": "invoice\u202efdp.exe",
    "amount": "\u202e005\u202c rupees",
    "code": "/*\u202e } \u2066if (kept)\u2069 \u2066 begin*/",
    "name": "\u2068SHO Karim\u2069 \u202d\u202eniluM\u202c",
    "urdu": "لی گئی رقم \u202e005\u202c روپے \u2067ہے\u2069 نہیں",
    "open": "\u202b\u202a\u2066\u2067\u2068 Khan did it",
}
# every visible character of an element with the middle of its place on the screen
PLACES = """(e) => { const out = []; const walk = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { const node = walk.currentNode;
    for (let at = 0; at < node.length; at++) { const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      if (box.width) out.push([node.data[at], (box.left + box.right) / 2, Math.round(box.top)]); } }
  return out; }"""
LATIN, ARABIC = re.compile("[A-Za-z0-9]"), re.compile("[\u0620-\u064a\u0671-\u06d3]")


def in_order(places: list[tuple[str, float, int]]) -> bool:
    """Latin letters and digits go rightwards, Arabic ones leftwards, line by line; of both, each
    run by itself and the runs along the line."""
    for line in {top for _char, _x, top in places}:
        row = [(char, x) for char, x, top in places if top == line]
        arabic = [x for char, x in row if ARABIC.match(char)]
        latin = [x for char, x in row if LATIN.match(char)]
        if arabic != sorted(arabic, reverse=True):
            return False
        if not arabic and latin != sorted(latin):
            return False
        runs = re.findall("[A-Za-z0-9]+", "".join(char for char, _x in row))
        at = 0
        for run in runs:
            part, at = latin[at : at + len(run)], at + len(run)
            if part != sorted(part):
                return False
    return True


def places(page: Page, css: str) -> list[list[tuple[str, float, int]]]:
    return [
        [(char, x, top) for char, x, top in each]
        for each in page.locator(css).evaluate_all(f"all => all.map({PLACES})")
    ]


@pytest.mark.parametrize("name", TROJANS)
def test_promise_P24_visual_order_is_the_order_of_reading(
    site: Site, browser: Browser, name: str, figure: Callable[[str], None]
) -> None:
    words = TROJANS[name]
    told = site.post(
        "/api/v1/reports",
        {"text": words, "category": "street_light",
         "place": {"mohalla": "gul-bagh"}, "about_officer": words},
    )  # fmt: skip
    with browser.new_context(viewport={"width": 1280, "height": 900}) as desk:
        page = desk.new_page()
        be(page, site, "ali")
        for language in ("ur", "en"):
            page.goto(f"{site.url}/{language}/desk/cases/{told['reference']}/")
            found = [each for each in places(page, "main bdi.said") if each]
            assert len(found) >= 2
            for each in found:
                assert in_order(each), (language, "".join(char for char, *_rest in each))
        # the positive twin: the same text as it came, on the same page
        page.locator("main bdi.said").first.evaluate("(e, raw) => { e.textContent = raw; }", words)
        assert not in_order(places(page, "main bdi.said")[0]) or name == "open"
    figure(f"{name}: {len(found)} fields in order in two languages; raw it is not")
