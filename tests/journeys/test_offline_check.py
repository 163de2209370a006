"""The page that checks receipts: opened from the disk, without network, in three languages."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from tests.journeys.conftest import Site

pytestmark = pytest.mark.journey
BODY = {"text": "ہماری گلی کا بلب خراب ہے", "category": "street_light",
        "place": {"mohalla": "gul-bagh"}}  # fmt: skip


def _proof(site: Site, receipt: str) -> Any:
    import time

    for _ in range(100):
        kept = site.get("/api/v1/report/proof", Authorization=f"Receipt {receipt}")
        if kept["position"] is not None:
            return kept
        time.sleep(0.2)
    raise AssertionError("no place in the log within 20 s")


def test_a_receipt_is_checked_without_network_and_every_change_is_seen(
    site: Site, browser: Browser, tmp_path: Path
) -> None:
    made = site.post("/api/v1/reports", BODY)
    kept = _proof(site, made["receipt"])
    page_file, receipt = tmp_path / "check.html", tmp_path / "receipt.txt"
    import urllib.request

    with urllib.request.urlopen(f"{site.url}/ur/log/check.html", timeout=20) as response:
        page_file.write_bytes(response.read())
    receipt.write_text(kept["file"])
    context = browser.new_context(offline=True, viewport={"width": 360, "height": 740})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.goto(page_file.as_uri())
    page.set_input_files("#file", str(receipt))
    page.wait_for_selector("#answer.good")
    assert made["reference"] in page.inner_text("#facts")
    assert page.evaluate("document.documentElement.dir") == "rtl"
    page.screenshot(path=str(tmp_path / "genuine.png"), full_page=True)
    page.click("[data-tongue=en]")
    page.fill("#pasted", kept["file"].replace(made["reference"], "K22222K"))
    page.click("#check")
    page.wait_for_selector("#answer.bad")
    assert "not a genuine receipt" in page.inner_text("#verdict")
    page.fill("#pasted", made["acknowledgement"])
    page.click("#check")
    page.wait_for_selector("#answer.good")
    assert "before its place" in page.inner_text("#verdict")
    assert asked == [page_file.as_uri()]
    assert wrong == []
    _same_verdicts(page, kept["file"])
    context.close()


def _same_verdicts(page: Any, file: str) -> None:
    """A thousand changes of one bit: refused as the command refuses them (all)."""
    drawn = random.Random(20261121)
    changed = []
    raw = file.encode()
    while len(changed) < 1000:
        place = drawn.randrange(len(raw) * 8)
        touched = bytearray(raw)
        touched[place // 8] ^= 1 << place % 8
        try:
            changed.append(touched.decode())
        except UnicodeDecodeError:
            continue
    script = """(files) => { const g = JSON.parse(document.getElementById("given").textContent);
      return files.map((f) => { try { check(f, g.key, g.witnesses); return true; }
                                catch { return false; } }); }"""
    verdicts = page.evaluate(script, [file, *changed])
    assert verdicts[0] is True
    assert json.dumps(verdicts[1:]) == json.dumps([False] * 1000)
