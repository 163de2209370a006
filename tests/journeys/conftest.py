"""A real installation with the demonstration district, and a real browser."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from mohalla.foundation.clock import PKT

EARLY = range(9, 15)
COMMAND = [sys.executable, "-c", "from mohalla.site.cli import main; main()"]
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Site:
    """A running installation."""

    url: str
    home: Path

    def environment(self) -> dict[str, str]:
        port = self.url.rpartition(":")[2]
        return os.environ | {
            "MOHALLA_HOME": str(self.home), "MOHALLA_PORT": port, "MOHALLA_DEMO": "1",
            "DATABASE_URL": "",
        }  # fmt: skip

    def command(self, *words: str) -> str:
        """What `mohalla` prints for these words on this installation."""
        done = subprocess.run(
            [*COMMAND, *words],
            env=self.environment(), check=True, timeout=120, capture_output=True, text=True,
        )  # fmt: skip
        return done.stdout

    def post(self, path: str, body: dict[str, Any], **headers: str) -> Any:
        request = urllib.request.Request(
            self.url + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json", **headers},
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            return json.load(response)

    def get(self, path: str, **headers: str) -> Any:
        request = urllib.request.Request(self.url + path, headers=headers)
        with urllib.request.urlopen(request, timeout=20) as response:
            return json.load(response)

    def wait(self, *, hours: float) -> datetime:
        """The application's clock goes on, and what is due is done; the time it then is."""
        moved = self.post("/demo/clock", {"advance": hours * 3600})
        return datetime.fromisoformat(moved["now"]).astimezone(PKT)

    def open_in_the_morning(self) -> None:
        """Ten o'clock in the district, where a beat officer is on duty, whenever tests run."""
        now = self.wait(hours=0)
        if now.hour not in EARLY:
            ten = now.replace(hour=10, minute=0) + timedelta(days=1 if now.hour >= 10 else 0)
            self.wait(hours=(ten - now) / timedelta(hours=1))

    def text(self, number: str, words: str) -> list[dict[str, str]]:
        messages: list[dict[str, str]] = self.post("/demo/sms", {"from": number, "text": words})[
            "messages"
        ]
        return messages

    def arrived(self, number: str, *, after: int) -> list[dict[str, str]]:
        """The thread as soon as it holds more than `after` messages (10 s at most)."""
        for _ in range(50):
            thread = self.inbox(number)
            if len(thread) > after:
                return thread
            time.sleep(0.2)
        raise AssertionError(f"no new text within 10 s: {thread}")

    def inbox(self, number: str) -> list[dict[str, str]]:
        messages: list[dict[str, str]] = self.get(f"/demo/sms?number={number.replace('+', '%2B')}")[
            "messages"
        ]
        return messages


@contextmanager
def running(home: Path, *, log: Path | None = None) -> Iterator[Site]:
    """The demonstration district, served until the end of the block; `log`: what it says there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = Site(f"http://127.0.0.1:{port}", home)
    found.command("demo", "load")
    out = log.open("wb") if log else None
    process = subprocess.Popen(
        [*COMMAND, "up"],
        env=found.environment(),
        stdout=out,
        stderr=subprocess.STDOUT if out else None,
    )
    for _ in range(600):  # a busy machine starts slowly
        try:
            found.get("/readyz")
            break
        except OSError:
            time.sleep(0.2)
    found.open_in_the_morning()
    try:
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)
        if out:
            out.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(tmp_path_factory.mktemp("home")) as found:
        yield found


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A second installation, for journeys that move its clock."""
    with running(tmp_path_factory.mktemp("own")) as found:
        yield found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Playwright]:
    """What steers browsers; one for all, a process has room for no second."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install chromium (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(chromium: Playwright) -> Iterator[Browser]:
    opened = chromium.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield opened
    opened.close()


@pytest.fixture
def small_phone(browser: Browser) -> Iterator[BrowserContext]:
    """360 px, no scripts: the cheapest phone that has a browser."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="ur-PK"
    )
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="ur-PK")
    yield context
    context.close()
