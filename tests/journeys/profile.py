"""A Chromium as on a phone: with a profile of its own on the disk, which can be searched afterwards.

It is started by itself and only steered by us: nothing is intercepted, so that its cache works as
it does for everybody. `www.google.com`, to which people leave, is a page of our own.
"""

from __future__ import annotations

import os
import re
import signal
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, Page, Playwright
from tests.journeys import sentinels
from tests.journeys.conftest import CHROMIUM, FLAGS

FAST = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
SLOW = {"offline": False, "latency": 650, "downloadThroughput": 6_000, "uploadThroughput": 3_000}


class _Weather(BaseHTTPRequestHandler):
    """The page to which people leave."""

    def do_GET(self) -> None:
        body = b"<!doctype html><meta charset=utf-8><title>weather</title><h1>27 C</h1>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        pass


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler], folder: Path | None = None) -> Iterator[int]:
    """On a free port; with TLS of nobody's making where a folder for its key is given."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if folder is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_certificate(folder))
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "www.google.com")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "weather.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def phone(
    playwright: Playwright, profile: Path, *, scripts: bool = True, killed: bool = False
) -> Iterator[Page]:
    """One window of a browser with this profile; it is closed as a person closes it, or killed."""
    assert CHROMIUM is not None
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "DevToolsActivePort").unlink(missing_ok=True)  # of the last time
    with serving(_Weather, profile.parent) as weather:
        process = subprocess.Popen(
            [
                CHROMIUM, *FLAGS, "--headless=new", f"--user-data-dir={profile}",
                "--remote-debugging-port=0", "--ignore-certificate-errors", "--lang=ur",
                f"--host-resolver-rules=MAP www.google.com 127.0.0.1:{weather}",
                "--window-size=360,740", "about:blank",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        browser = playwright.chromium.connect_over_cdp(_address(profile))
        try:
            page = browser.contexts[0].pages[0]
            steer = page.context.new_cdp_session(page)
            if not scripts:
                steer.send("Emulation.setScriptExecutionDisabled", {"value": True})
            yield page
        finally:
            if killed:  # as a phone does that needs its memory, or runs out of power
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(30)
            _close(browser, process)


def slow(page: Page, *, off: bool = False) -> None:
    """From here on the line is a 2G one."""
    steer = page.context.new_cdp_session(page)
    steer.send("Network.enable")
    steer.send("Network.emulateNetworkConditions", FAST if off else SLOW)


def _address(profile: Path) -> str:
    found = profile / "DevToolsActivePort"
    for _ in range(300):
        if found.exists() and len(lines := found.read_text().split()) > 1:
            return f"http://127.0.0.1:{lines[0]}"
        time.sleep(0.1)
    raise AssertionError("Chromium did not start")


def _close(browser: Browser, process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    time.sleep(3)  # what a browser writes a little later is on the disk as well
    try:
        browser.new_browser_cdp_session().send("Browser.close")
        process.wait(30)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # a helper of its may outlive it


def traces(profile: Path, words: Iterable[str]) -> dict[str, set[str]]:
    """Every file of a profile that holds one of the words, packed ones unpacked; by its path."""
    words = list(words)
    found: dict[str, set[str]] = {}
    for path in profile.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            hits = sentinels.within(content + b"\n" + _unpacked(content), words)
            if hits:
                found[str(path.relative_to(profile))] = hits
    return found


def _unpacked(content: bytes) -> bytes:
    """What is packed with gzip in it, as answers lie in a cache."""
    out = b""
    for match in re.finditer(b"\x1f\x8b\x08", content):
        part = zlib.decompressobj(wbits=31)
        try:
            out += part.decompress(content[match.start() :], 8_000_000)
        except zlib.error:
            continue
    return out


def stored(profile: Path) -> dict[str, int]:
    """How many bytes lie where, for the figure."""
    return {
        str(path.relative_to(profile)): path.stat().st_size
        for path in profile.rglob("*")
        if path.is_file()
    }
