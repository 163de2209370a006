"""P26: the scripts that a page runs are those that were published, and anybody can look."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.district import NOON, District

from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.ledger import key
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.ledger.rules import scripts as statement
from mohalla.foundation.ledger.rules.encoding import BadNote
from mohalla.site import monitor, scripts

ROOT = Path(__file__).resolve().parents[2]
BUNDLE = ROOT / "src/mohalla/static/seal.js"
NPM = shutil.which("npm")


def test_promise_P26_built_twice_it_is_the_same_to_the_byte(
    tmp_path: Path, figure: Callable[[str], None]
) -> None:
    if NPM is None:
        pytest.skip("no npm here: install nodejs and npm to build browser/ anew")
    hashes = []
    for name in ("first", "second"):
        folder = tmp_path / name / "browser"
        shutil.copytree(ROOT / "browser", folder, ignore=shutil.ignore_patterns("node_modules"))
        _run(folder, "ci", "--no-audit", "--no-fund", "--ignore-scripts")
        out = tmp_path / name / "seal.js"
        _run(folder, "run", "build", "--", str(out))
        hashes.append(hashlib.sha256(out.read_bytes()).hexdigest())
    committed = hashlib.sha256(BUNDLE.read_bytes()).hexdigest()
    assert hashes == [committed, committed]
    figure(f"built twice from nothing: {committed[:16]}…, as committed")


def _run(folder: Path, *words: str) -> None:
    done = subprocess.run(
        [str(NPM), *words], cwd=folder, capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode and "ENOTFOUND" in done.stderr + done.stdout:
        pytest.skip("npm reaches no registry here")
    assert done.returncode == 0, done.stdout + done.stderr


def test_promise_P26_the_register_says_so_when_they_change(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scripts.state(at=NOON)
    assert not scripts.state(at=NOON)  # nothing changed: nothing to say
    real = scripts.shipped()
    assert set(real) >= {"mohalla.js", "passkey.js", "seal.js", "check.html"}
    assert real["seal.js"] == statement.digest(BUNDLE.read_bytes())
    monkeypatch.setattr(scripts, "shipped", lambda: real | {"seal.js": "sha384-other"})
    assert scripts.state(at=NOON)
    assert Entry.objects.filter(what=statement.STATED).count() == 2
    assert dict(scripts.listed())["seal.js"] == "sha384-other"
    assert {row.by for row in Entry.objects.filter(what=statement.STATED)} == {"system"}


def test_promise_P26_the_statement_is_proved_to_strangers(
    district: District, client: Client
) -> None:
    scripts.state(at=NOON)
    assert client.get("/log/scripts").status_code == 404  # it has no place yet
    ledger.sequence(at=NOON)
    told = client.get("/log/scripts").content.decode()
    found = statement.verify(told, key.signer().verifier)
    assert found.hashes == scripts.shipped()
    shown = client.get("/en/log/").content.decode()
    assert all(hash_ in shown for hash_ in found.hashes.values())
    changed = 0
    for at in range(0, len(told), 7):
        wrong = told[:at] + chr(ord(told[at]) ^ 1) + told[at + 1 :]
        try:
            assert statement.verify(wrong, key.signer().verifier).hashes == found.hashes
        except (BadNote, UnicodeDecodeError):
            changed += 1
    assert changed > 50


TAG = re.compile(r"<script\b[^>]*>")


@pytest.mark.parametrize(
    "path", ["", "report/", "track/", "who/", "recording/", "log/", "keys/", "sign-in/"]
)
def test_promise_P26_every_script_carries_its_hash(
    district: District, client: Client, path: str
) -> None:
    html = client.get(f"/en/{path}").content.decode()
    tags = [tag for tag in TAG.findall(html) if "application/json" not in tag]
    assert tags
    for tag in tags:
        name = re.search(r"/(\w+)(?:\.\w+)?\.js", tag)
        assert name, tag
        assert f'integrity="{scripts.shipped()[name[1] + ".js"]}"' in tag


def test_promise_P26_no_template_writes_a_script_tag_by_itself() -> None:
    """Only the tag with the hash, and the page that is kept and opened from a disk."""
    package = ROOT / "src/mohalla"
    found = [
        str(path.relative_to(package)) for path in package.rglob("*.html")
        if "<script" in path.read_text()
    ]  # fmt: skip
    assert found == ["site/offline/page.html"]


class Served:
    """Our own pages in place of a network; `change` may touch what comes."""

    def __init__(self, change: Callable[[str, Any], Any]) -> None:
        self.client, self.change = Client(), change

    def request(self, method: str, address: str, data: Any = None, headers: Any = None) -> Any:
        import httpx

        path = "/" + address.split("/", 3)[3]
        if path.startswith("/static/"):
            content, told = (ROOT / "src/mohalla" / path[1:]).read_bytes(), {}
        else:
            answer = self.client.generic(method, path) if data is None else self.client.post(
                path, data)  # fmt: skip
            content, told = answer.content, dict(answer.headers)
        told.pop("Content-Length", None)
        content, told = self.change(path, (content, told))
        return httpx.Response(
            200, content=content, headers=told, request=httpx.Request(method, address)
        )


def watch(change: Callable[[str, Any], Any] = lambda path, came: came) -> list[str]:
    looking = monitor.Monitor("http://police.example", key.signer().verifier)
    looking.client = Served(change)  # type: ignore[assignment] # the same question, no network
    return list(looking.differences(looking.stated()))


def touched(end: str, before: bytes, after: bytes) -> Callable[[str, Any], Any]:
    def change(path: str, came: Any) -> Any:
        content, told = came
        return (content.replace(before, after, 1), told) if path.endswith(end) else came

    return change


def policy(_path: str, came: Any) -> Any:
    content, told = came
    return content, {
        name: value.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
        for name, value in told.items()
    }


ATTACKS = {
    "a byte of a script": touched("mohalla.js", b"use strict", b"use Strict"),
    "a byte of the lock": touched("seal.js", b"age", b"agf"),
    "a script in the page": touched("/ur/track/", b"</main>", b"<script>steal()</script></main>"),
    "an attribute": touched("/ur/", b"<main ", b'<main onclick="steal()" '),
    "an address": touched("/ur/who/", b'href="#main"', b'href="JavaScript:steal()"'),
    "somebody else's script": touched(
        "/ur/", b"</head>", b'<script src="https://evil.example/x.js" defer></script></head>'
    ),
    "no hash": touched("/ur/", b' integrity="', b' data-was="'),
    "a frame": touched("/ur/log/", b"</main>", b'<iframe src="/x"></iframe></main>'),
    "the policy": policy,
}


def test_promise_P26_a_monitor_finds_each_change(
    district: District, figure: Callable[[str], None]
) -> None:
    scripts.state(at=NOON)
    ledger.sequence(at=NOON)
    assert watch() == []  # as it is, nothing
    found = {name: watch(change) for name, change in ATTACKS.items()}
    assert [name for name, lines in found.items() if not lines] == []
    figure(f"{len(ATTACKS)} changes of pages and scripts: each named by the monitor, none as it is")
