"""P14: somebody can file in a flood: every one of them, in time; the flood itself is answered too.

Frozen after a trial on two processors: 24 connections that send without a pause take all of both.
`PROOF_FLOOD` seconds make it long.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.proofs.home import Home

pytestmark = [pytest.mark.proof, pytest.mark.network, pytest.mark.enable_socket]
SECONDS = float(os.environ.get("PROOF_FLOOD", "12"))
CONNECTIONS = 24
IN_TIME = 5.0  # seconds; 95 of 100 genuine reports
BODY = {
    "text": "light",
    "category": "street_light",
    "place": {"mohalla": "gul-bagh"},
    "language": "en",
}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    found = Home(tmp_path)
    found.environment |= {"MOHALLA_TRUSTED_PROXIES": "1"}
    assert found.run("demo", "load").returncode == 0
    found.start()
    processes = found.tree()
    yield found
    found.kill(processes)


class Sender:
    """One connection that is kept; `network` is what the proxy in front says of it."""

    def __init__(self, port: int) -> None:
        self.port, self.link = port, http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def send(self, network: str, key: str, words: str) -> tuple[int, dict[str, str], Any]:
        body = json.dumps(BODY | {"text": words}).encode()
        headers = {
            "Content-Type": "application/json", "X-Forwarded-For": network, "Idempotency-Key": key,
        }  # fmt: skip
        try:
            self.link.request("POST", "/api/v1/reports", body, headers)
            answer = self.link.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.link.close()
            raise
        told = {name.lower(): value for name, value in answer.headers.items()}
        return answer.status, told, json.loads(content or b"{}")


def flood(home: Home, stop: threading.Event, said: Counter[str], networks: int) -> None:
    """As fast as it goes, from so many networks."""

    def run(worker: int) -> None:
        sender, number = Sender(home.port), 0
        while not stop.is_set():
            number += 1
            of = (worker * 7919 + number) % networks
            try:
                status, headers, answer = sender.send(
                    f"203.{of // 250}.{of % 250}.9",
                    f"flood-{networks}-{worker}-{number:08d}",
                    "spam",
                )
            except (OSError, http.client.HTTPException):
                said["no answer"] += 1
                continue
            if status == 429:
                told = "retry-after" in headers and answer.get("title")
                said["refused with a reason" if told else "refused without"] += 1
            else:
                said[str(status)] += 1

    threads = [threading.Thread(target=run, args=(n,), daemon=True) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join(40)


@pytest.mark.parametrize("networks", [4, 20_000], ids=["a few networks", "a crowd of networks"])
def test_promise_P14_everybody_can_file_in_a_flood(
    home: Home, figure: Callable[[str], None], networks: int
) -> None:
    stop, said = threading.Event(), Counter[str]()
    attack = threading.Thread(target=flood, args=(home, stop, said, networks), daemon=True)
    attack.start()
    took, references, begun = [], set(), time.monotonic()
    while time.monotonic() < begun + SECONDS:
        number = len(took)
        started = time.monotonic()
        status, _headers, answer = Sender(home.port).send(
            f"198.51.{number % 250}.{1 + number // 250}",
            f"genuine-{number:012d}",
            f"genuine {number}",
        )
        took.append(time.monotonic() - started)
        assert status == 201, (status, answer)
        references.add(answer["reference"])
        time.sleep(max(0.0, 1 - took[-1]))
    stop.set()
    attack.join(60)
    assert len(references) == len(took)
    in_time = statistics.quantiles(took, n=20)[-1] if len(took) > 1 else took[0]
    assert in_time <= IN_TIME, took
    assert set(said) <= {"201", "refused with a reason"}, said
    assert sum(said.values()) > 20 * len(took), said  # a flood indeed
    if networks < 100:
        assert said["refused with a reason"], said
    figure(
        f"{len(took)} of {len(took)} genuine reports acknowledged, 95 of 100 within {in_time:.2f} s,"
        f" beside {sum(said.values()):,} of the flood"
    )
