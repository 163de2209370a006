"""The first load of a page a resident opens: at most 50 KB on the wire and 5 requests."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
MOST_BYTES, MOST_REQUESTS = 50 * 1024, 5


@pytest.mark.parametrize("path", ["/ur/", "/ur/report/", "/ps/", "/en/report/"])
def test_first_load_is_light(site: Site, browser: Browser, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    sizes: list[tuple[str, int]] = []

    def done(request: object) -> None:
        told = request.sizes()  # type: ignore[attr-defined]
        whole = told["responseBodySize"] + told["responseHeadersSize"]
        sizes.append((request.url, whole))  # type: ignore[attr-defined]

    page.on("requestfinished", done)
    page.goto(site.url + path, wait_until="networkidle")
    context.close()
    print(path, sizes)
    assert all(url.startswith(site.url) for url, _ in sizes), sizes
    assert len(sizes) <= MOST_REQUESTS, sizes
    assert sum(size for _, size in sizes) <= MOST_BYTES, sizes
