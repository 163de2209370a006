"""The studio in a browser: a microphone, a wav file made there, and without scripts a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect
from tests.journeys.acts import be
from tests.journeys.conftest import CHROMIUM, FLAGS, Site
from tests.telephone import speech

from mohalla.channels.voice.rules import sound

pytestmark = pytest.mark.journey
MICROPHONE = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
PART = "/en/desk/prompts/?language=ps&part=menu.1"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_part_is_recorded_heard_and_replaced(
    site: Site, chromium: Playwright, tmp_path: Path, scripts: bool
) -> None:
    opened = chromium.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *MICROPHONE])
    context = opened.new_context(
        viewport={"width": 1000, "height": 800}, java_script_enabled=scripts, locale="en",
        permissions=["microphone"],
    )  # fmt: skip
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    be(page, site, "naveed")
    page.goto(site.url + PART)
    if scripts:
        page.locator("[data-record]").click()
        page.wait_for_timeout(2500)
        page.locator("[data-record]").click()
        expect(page.locator("[data-recorder] audio")).to_be_visible()
    else:
        expect(page.locator("[data-recorder]")).to_be_hidden()
        file = tmp_path / "part.wav"
        file.write_bytes(sound.wav_of(speech(2, seed=3)))
        page.locator("input[type=file]").set_input_files(file)
    page.locator("button[name=do][value=keep]").click()
    expect(page.locator("main")).to_contain_text("The next call hears it")
    page.goto(site.url + PART)
    expect(page.locator("main")).to_contain_text("naveed")
    if scripts:
        heard = page.evaluate(
            """async () => {
                const player = document.querySelector("main audio");
                player.preload = "auto"; player.load();
                await new Promise((done, not) => { player.onloadedmetadata = done; player.onerror = not; });
                return player.duration;
            }"""
        )
        assert 1 < heard < 6
    assert errors == []
    page.screenshot(path=str(tmp_path / "studio.png"), full_page=True)
    opened.close()
