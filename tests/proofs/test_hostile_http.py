"""The real server against the network at its worst: slow, lying, endless; others go on being served."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.proofs.conftest import POSTGRES
from tests.proofs.home import Home

pytestmark = [
    pytest.mark.proof, pytest.mark.network, pytest.mark.enable_socket,
    pytest.mark.skipif(POSTGRES, reason="nothing here is about the database: run with SQLite"),
]  # fmt: skip
SLOW = int(os.environ.get("PROOF_SLOW", "100"))
JSON = "Host: localhost\r\nContent-Type: application/json\r\nAccept-Language: en\r\n"
REPORT = {"text": "The lamp is broken", "category": "street_light", "language": "en",
          "place": {"mohalla": "gul-bagh"}}  # fmt: skip


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """One installation for all that does no harm to it."""
    home = Home(tmp_path_factory.mktemp("up"))
    assert home.run("demo", "load").returncode == 0
    home.start()
    yield home
    home.kill(home.tree())


def opened(home: Home) -> socket.socket:
    link = socket.create_connection(("127.0.0.1", home.port), timeout=10)
    link.settimeout(10)
    return link


def said(home: Home, head: str, body: bytes = b"") -> tuple[int, bytes]:
    """Status and the whole answer to bytes as they are."""
    with opened(home) as link:
        link.sendall(head.encode() + b"\r\n" + body)
        answer = link.recv(65_536)
        while b"\r\n\r\n" not in answer and (more := link.recv(65_536)):
            answer += more
        return int(answer.split(b" ", 2)[1]), answer


@contextmanager
def dripping(links: list[socket.socket]) -> Iterator[None]:
    """One byte a second on each of them."""
    stop = threading.Event()

    def drip() -> None:
        while not stop.wait(1):
            for link in links:
                try:
                    link.send(b" ")
                except OSError:
                    continue

    thread = threading.Thread(target=drip, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        for link in links:
            link.close()


def test_slow_bodies_hold_nobody_up(up: Home) -> None:
    """More of them than there are threads, ten times over, and reports come in as before."""
    heads = [
        f"POST /api/v1/reports HTTP/1.1\r\n{JSON}Content-Length: 20000\r\n\r\n{{",
        "POST /api/v1/attachments HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n\r\n--x",
        "POST /en/report/ HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\ntext=",
        "GET /en/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    ]
    links = [opened(up) for _number in range(SLOW)]
    for number, link in enumerate(links):
        link.sendall(heads[number % len(heads)].encode())
    with dripping(links):
        time.sleep(1)
        waits = []
        for _again in range(10):
            began = time.monotonic()
            status, _answer = up.call("/api/v1/reports", REPORT, timeout=10)
            waits.append(time.monotonic() - began)
            assert status == 201
            assert up.call("/healthz", timeout=10)[0] == 200
    assert max(waits) < 5, waits
    assert up.call("/readyz")[0] == 200


def test_a_body_has_its_time(up: Home) -> None:
    """Half a minute for a few bytes, then 408 with what to do; nothing of it is stored."""
    link = opened(up)
    link.settimeout(60)
    link.sendall(f"POST /api/v1/reports HTTP/1.1\r\n{JSON}Content-Length: 60\r\n\r\n".encode())
    link.sendall(b'{"text": "half of a rep')
    answer = link.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"send it again" in answer + link.recv(65_536)
    link.close()


def test_a_path_is_decoded_once(up: Home) -> None:
    """Else `%2574` would pass the rules of a proxy and be a `t` here."""
    assert said(up, "GET /en/%74rack/ HTTP/1.1\r\nHost: localhost\r\n")[0] == 200
    assert said(up, "GET /en/%2574rack/ HTTP/1.1\r\nHost: localhost\r\n")[0] == 404


def test_what_is_too_large_is_refused_by_its_length_alone(up: Home) -> None:
    many = f"POST /api/v1/reports HTTP/1.1\r\n{JSON}Content-Length: {100 << 20}\r\n"
    photo = (
        "POST /api/v1/attachments HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {40 << 20}\r\n"
    )
    page = (
        "POST /en/report/ HTTP/1.1\r\nHost: localhost\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {5 << 30}\r\n"
    )
    for head in (many, photo, page):
        began = time.monotonic()
        assert said(up, head)[0] == 413
        assert time.monotonic() - began < 5
    assert b"problem+json" in said(up, photo)[1]


@pytest.mark.parametrize("server", ["granian", "gunicorn"])
def test_broken_requests_end_in_4xx(home: Home, server: str) -> None:
    home.environment["MOHALLA_SERVER"] = server
    assert home.run("demo", "load").returncode == 0
    home.start()
    post = f"POST /api/v1/reports HTTP/1.1\r\n{JSON}"
    cases: list[tuple[str, bytes]] = [
        (f"{post}Transfer-Encoding: chunked\r\n", b'5\r\n{"a":\r\n'),
        (f"{post}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", b"0\r\n\r\n"),
        (f"{post}Content-Length: 4\r\nContent-Length: 5\r\n", b"{}  "),
        (f"{post}Content-Length: -4\r\n", b"{}  "),
        (f"{post}Content-Length: 0x4\r\n", b"{}  "),
        (f"{post}Content-Encoding: gzip\r\nContent-Length: 4\r\n", b"\x1f\x8b\x08\x00"),
        ("GET /healthz HTTP/1.1\r\nHost: evil.example\r\n", b""),
        ("GET /track/ HTTP/1.1\r\nHost: evil.example\r\n", b""),
        ("GET http://evil.example/track/ HTTP/1.1\r\nHost: evil.example\r\n", b""),
        ("\x16\x03\x01\x02 nonsense\r\n", b""),
        ("GET /healthz HTTP/9.9\r\nHost: localhost\r\n", b""),
        ("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + "a" * 900_000 + "\r\n", b""),
        ("GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + "X: 1\r\n" * 2_000, b""),
        (f"GET /{'a' * 500_000} HTTP/1.1\r\nHost: localhost\r\n", b""),
    ]
    for head, body in cases:
        try:
            status, answer = said(home, head, body)
        except (ConnectionError, IndexError):
            continue  # hung up on, which is an answer too
        assert 400 <= status < 500 or status == 505, (head[:80], answer[:200])
        assert b"Traceback" not in answer
    forged = f"GET /api/v1/report HTTP/1.1\r\n{JSON}X-HTTP-Method-Override: DELETE\r\n"
    assert said(home, forged)[0] == 404
    assert home.call("/readyz")[0] == 200


@pytest.mark.parametrize("server", ["granian", "gunicorn"])
def test_both_servers_take_and_follow_a_report(home: Home, server: str) -> None:
    """gunicorn is the fallback: the same product behind it, with nothing changed but the setting."""
    home.environment["MOHALLA_SERVER"] = server
    assert home.run("demo", "load").returncode == 0
    home.start()
    processes = [Path(f"/proc/{pid}/cmdline").read_text() for pid in home.tree()]
    assert any(server in command for command in processes)
    status, made = home.call("/api/v1/reports", REPORT, headers={"Idempotency-Key": "k" * 16})
    assert status == 201
    again = home.call("/api/v1/reports", REPORT, headers={"Idempotency-Key": "k" * 16})
    assert again == (201, made)
    status, seen = home.call(
        "/api/v1/report", headers={"Authorization": f"Receipt {made['receipt']}"}
    )
    assert (status, seen["reference"], seen["stage"]) == (200, made["reference"], "received")
    assert home.call("/api/v1/report", headers={"Authorization": "Receipt 1"})[0] == 404
    photo = b"\xff\xd8\xff\xe0" + os.urandom(3 << 20)
    head = (
        b'--where-it-ends\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    )
    whole = head + photo + b"\r\n--where-it-ends--\r\n"
    status, answer = said(
        home,
        "POST /api/v1/attachments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary=where-it-ends\r\nContent-Length: {len(whole)}\r\n",
        whole,
    )
    assert status == 201, answer
    home.process.terminate()  # type: ignore[union-attr] # started above
    assert home.process.wait(12) == 0  # type: ignore[union-attr] # started above


def test_a_flood_is_told_when_to_come_back(home: Home) -> None:
    """Outside the demonstration loopback is a network like any other."""
    home.environment |= {"MOHALLA_DEMO": "0", "MOHALLA_SECRET_KEY": "k" * 60}
    home.start()
    answers = [home.call("/api/v1/reports", {"text": ""})[0] for _number in range(300)]
    assert 429 in answers
    assert set(answers) <= {422, 429}
    status, answer = said(
        home, f"POST /api/v1/reports HTTP/1.1\r\n{JSON}Content-Length: 2\r\n", b"{}"
    )
    head, _blank, body = answer.partition(b"\r\n\r\n")
    assert status == 429
    assert b"retry-after" in head.lower()
    assert not body or json.loads(body)["retry_after"] > 0
    assert home.call("/healthz")[0] == 200
