"""What the gate makes of a request before the application sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest

from mohalla.site import body, gate

PAGE = "/en/report/"


class Headers:
    def __init__(self, *rows: tuple[str, str]) -> None:
        self.rows = rows

    def items(self) -> tuple[tuple[str, str], ...]:
        return self.rows


class Line:
    """Brings these pieces, then ends; takes the answer."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces, self.status = pieces, 0

    async def __call__(self) -> bytes:
        return b"".join(self.pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece

    def response_bytes(self, status: int, headers: object, content: bytes) -> None:
        self.status = status

    def response_empty(self, status: int, headers: object) -> None:
        self.status = status


def scope(
    *headers: tuple[str, str], path: str = PAGE, authority: str = "", client: str = "127.0.0.1:5"
) -> Any:
    return SimpleNamespace(
        proto="http", method="POST", path=path, query_string="", server="127.0.0.1:8000",
        client=client, http_version="2", scheme="http", headers=Headers(*headers),
        authority=authority,
    )  # fmt: skip


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What reached the application."""
    found: list[dict[str, Any]] = []

    def run(environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
        found.append({**environ, "body": environ["wsgi.input"].read()})
        return 200, [], b""

    monkeypatch.setattr(gate, "_run", run)
    return found


def ask(line: Line, *headers: tuple[str, str], **given: str) -> gate.Application:
    application = gate.Application()
    asyncio.run(application.__rsgi__(scope(*headers, **given), line))
    return application


@pytest.mark.parametrize("size", [1000, 3 * gate.IN_MEMORY])
def test_half_a_body_is_not_a_body(seen: list[dict[str, Any]], size: int) -> None:
    length = ("content-length", str(size))
    line = Line(b"a" * (size // 2))
    assert ask(line, length).held == 0
    assert not seen
    whole = Line(b"a" * (size // 2), b"b" * (size - size // 2))
    assert ask(whole, length).held == 0
    assert (whole.status, len(seen[0]["body"])) == (200, size)


def test_large_bodies_have_room_together_and_words_always(
    seen: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "ROOM", 100_000)
    assert ask(Line(b"a" * 80_000, b"a" * 40_000), ("content-length", "120000")).held == 0
    assert seen[-1][body.FULL] is True
    assert seen[-1]["body"] == b""
    monkeypatch.setattr(gate, "ROOM", 200_000)
    ask(Line(b"a" * 90_000), ("content-length", "90000"))
    assert body.FULL not in seen[-1]
    application = gate.Application()
    application.held = 200_000
    asyncio.run(application.__rsgi__(scope(("content-length", "5")), Line(b"words")))
    assert seen[-1]["body"] == b"words"


class Slow(Line):
    """Brings its pieces and then keeps the line open until it is told to end."""

    def __init__(self, *pieces: bytes) -> None:
        super().__init__(*pieces)
        self.end = asyncio.Event()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece
        await self.end.wait()


def test_one_patient_network_leaves_room_for_the_others(
    seen: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few announce much, send nearly all of it and wait; photographs of others still come in."""
    monkeypatch.setattr(gate, "ROOM", 1_000_000)

    async def play() -> None:
        application = gate.Application()
        length = ("content-length", "100001")
        senders = [Slow(b"a" * 100_000) for _n in range(20)]
        held = [
            asyncio.create_task(
                application.__rsgi__(scope(length, client=f"198.51.100.{n}:9"), line)
            )
            for n, line in enumerate(senders)
        ]
        await asyncio.sleep(0.05)
        assert application.held == 500_000, "half of the room, from however many addresses of it"
        assert sum(body.FULL in row for row in seen) == 15
        seen.clear()
        photograph = Line(b"b" * 200_000)
        mine = ("content-length", "200000")
        await application.__rsgi__(scope(mine, client="203.0.113.5:9"), photograph)
        assert len(seen[-1]["body"]) == 200_000
        await application.__rsgi__(scope(mine, client="198.51.100.77:9"), Line(b"b" * 200_000))
        assert seen[-1][body.FULL] is True
        for line in senders:
            line.end.set()
        await asyncio.gather(*held)
        assert application.held == 0
        assert not application.shares
        await application.__rsgi__(scope(mine, client="198.51.100.77:9"), Line(b"b" * 200_000))
        assert len(seen[-1]["body"]) == 200_000, "and when they have gone it has room again"

    asyncio.run(play())


def test_only_pages_with_files_take_large_bodies() -> None:
    assert body.most("/ur/report/") == body.most("/desk/cases/X/act/") > 100 * body.MEGABYTE
    for path in ("/en/track/", "/sms/gateway/in", "/", "/reports"):
        assert body.most(path) < 10 * body.MEGABYTE


def test_a_path_is_decoded_once_and_headers_keep_their_meaning(seen: list[dict[str, Any]]) -> None:
    line, cookies = Line(), (("cookie", "a=1"), ("cookie", "b=2"))
    forged = (("x_forwarded_for", "8.8.8.8"), ("x-forwarded-for", "1.1.1.1"))
    ask(line, *cookies, *forged, path="/en/%64esk/\u0627", authority="mohalla.example")
    assert seen[0]["PATH_INFO"] == "/en/%64esk/\u0627".encode().decode("latin-1")
    assert seen[0]["HTTP_COOKIE"] == "a=1; b=2"
    assert seen[0]["HTTP_X_FORWARDED_FOR"] == "1.1.1.1"
    assert seen[0]["HTTP_HOST"] == "mohalla.example"
    ask(line, ("host", "one.example"), authority="two.example")
    assert seen[1]["HTTP_HOST"] == "one.example"
