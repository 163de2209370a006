"""Somebody outside looks at the pages as they come, and compares their scripts with the register.

No database, no settings: like a witness it can run anywhere, from several places, by the hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx

from mohalla.foundation.ledger.rules import scripts
from mohalla.foundation.ledger.rules.encoding import BadNote
from mohalla.foundation.ledger.rules.notes import Verifier
from mohalla.foundation.ledger.rules.scripts import Stated

PATIENCE = 20.0  # seconds
PAGES = (
    "ur/", "ur/report/", "ur/track/", "ur/track/lost/", "ur/who/", "ur/recording/", "ur/log/",
    "ur/keys/", "ur/sign-in/", "en/", "ps/report/", "ur/keep/",
)  # fmt: skip
SEALING = "online_harassment"  # a matter whose page seals on the device
POLICY = "content-security-policy"
RULE = "script-src 'self'"
DATA = {"application/json"}
FOREIGN = {"base", "iframe", "frame", "object", "embed", "applet", "portal"}


@dataclass
class Looked:
    """What one page loads: (address, promised hash); what it must not hold."""

    loads: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    token: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Looked()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        for name, value in said.items():
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.found.wrong.append(f"a script inside <{tag} {name}>")
        if tag in FOREIGN or (tag == "meta" and said.get("http-equiv", "").lower() == "refresh"):
            self.found.wrong.append(f"<{tag}>")
        if tag == "script" and said.get("type", "") not in DATA:
            if "src" in said:
                self.found.loads.append((said["src"], said.get("integrity", "")))
            else:
                self.found.wrong.append("a script written into the page")
        for late in ("data-seal", "data-kept-by"):
            if late in said:
                self.found.loads.append((said[late], said.get("data-integrity", "")))
        if said.get("name") == "csrfmiddlewaretoken":
            self.found.token = said.get("value", "")

    handle_startendtag = handle_starttag


def read(html: str) -> Looked:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


@dataclass
class Monitor:
    """`site`: address without a language, such as https://police.example.pk"""

    site: str
    key: Verifier
    witnesses: Sequence[Verifier] = ()
    seen: dict[str, str] = field(default_factory=dict)
    """Hash of what came, by address of a script."""

    def __post_init__(self) -> None:
        self.client = httpx.Client(timeout=PATIENCE, follow_redirects=False)

    def stated(self) -> Stated:
        """What the register says now; raises `BadNote`."""
        answer = self._get("log/scripts")
        return scripts.verify(answer.text, self.key, self.witnesses)

    def differences(self, stated: Stated) -> Iterator[str]:
        """One sentence each; nothing where all pages load what the register states."""
        for path in PAGES:
            yield from self._page(path, self._get(path), stated)
        first = read(self._get("ur/report/").text)
        fields = {"csrfmiddlewaretoken": first.token, "step": "what", "pick": SEALING}
        sealing = self._answer("POST", "ur/report/", fields)
        yield from self._page("ur/report/, sealing", sealing, stated)
        worker = scripts.digest(self._get("keep/worker.js").content)
        if worker not in stated.hashes.values():
            yield f"keep/worker.js is {worker}, which the register does not state"

    def _page(self, name: str, answer: httpx.Response, stated: Stated) -> Iterator[str]:
        rules = [part.strip() for part in answer.headers.get(POLICY, "").split(";")]
        if RULE not in rules:
            yield f"{name}: its policy lets other scripts run"
        found = read(answer.text)
        yield from (f"{name}: holds {wrong}" for wrong in found.wrong)
        for source, promised in found.loads:
            address = urljoin(str(answer.url), source)
            if urlsplit(address)[:2] != urlsplit(self.site)[:2]:
                yield f"{name}: loads a script from elsewhere, {address}"
                continue
            if address not in self.seen:
                self.seen[address] = scripts.digest(self._get(address).content)
            came = self.seen[address]
            if came not in stated.hashes.values():
                yield f"{name}: {source} is {came}, which the register does not state"
            if promised != came:
                yield f"{name}: {source} is not what the page itself promises to the browser"

    def _get(self, path: str) -> httpx.Response:
        return self._answer("GET", path, None)

    def _answer(self, method: str, path: str, fields: dict[str, str] | None) -> httpx.Response:
        address = urljoin(f"{self.site.rstrip('/')}/", path)
        try:
            answer = self.client.request(method, address, data=fields, headers={"Referer": address})
        except httpx.HTTPError as error:
            raise BadNote(f"{address} does not answer: {error}") from None
        if answer.status_code != 200:
            raise BadNote(f"{address} answers {answer.status_code}")
        return answer
