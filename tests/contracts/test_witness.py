"""A witness over HTTP, as somebody outside runs it: what it signs, and what it never signs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from pytest_django.fixtures import Settings

from mohalla.foundation.ledger import actions, key, queries
from mohalla.foundation.ledger.models import Entry
from mohalla.foundation.ledger.rules import merkle, notes
from mohalla.foundation.ledger.rules.checkpoints import Checkpoint
from mohalla.foundation.ledger.rules.encoding import encoded
from mohalla.foundation.ledger.rules.notes import ED25519, Signer, Verifier
from mohalla.foundation.ledger.witness import Witness

AT = datetime(2026, 11, 21, 7, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.network, pytest.mark.enable_socket]
COMMAND = [sys.executable, "-c", "from mohalla.site.cli import main; main()", "witness"]


@dataclass
class Outside:
    url: str
    folder: Path
    verifier: Verifier

    def post(self, body: str) -> httpx.Response:
        return httpx.post(f"{self.url}/add-checkpoint", content=body.encode(), trust_env=False)


@pytest.fixture
def outside(tmp_path: Path, settings: Settings) -> Iterator[Outside]:
    """The command, in a process of its own, watching our log; and our settings name it."""
    folder = tmp_path / "witness"
    words = {"begin": ["--name", "bar.example/w1"], "trust": [str(key.signer().verifier)]}
    for word, more in words.items():
        subprocess.run([*COMMAND, word, str(folder), *more], check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*COMMAND, "serve", str(folder), "--port", str(port)],
        stdout=subprocess.DEVNULL, env=os.environ | {"MOHALLA_HOME": str(tmp_path / "none")},
    )  # fmt: skip
    found = Outside(f"http://127.0.0.1:{port}", folder, Witness(folder).signer.verifier)
    for _ in range(100):
        try:
            httpx.get(found.url, trust_env=False)
            break
        except httpx.HTTPError:
            time.sleep(0.1)
    settings.WITNESSES = [f"{found.url}/ {found.verifier}"]
    settings.WITNESS_QUORUM = 1
    yield found
    process.terminate()
    process.wait(10)
    assert not (tmp_path / "none").exists()  # it needs no home and makes none


def act(count: int = 1) -> None:
    for number in range(count):
        actions.record(what="report received", room="test", subject=f"K{number}", by="sender",
                       at=AT)  # fmt: skip
    actions.sequence(at=AT)


def checkpoint() -> notes.Note:
    found = key.store().checkpoint(key.signer().verifier)
    assert found is not None
    return found


def test_what_grows_is_cosigned_and_shown_so(outside: Outside) -> None:
    act(3)
    entry = Entry.objects.get(position=1)
    proof = queries.proof_of(entry)
    assert proof is not None
    assert proof.verify(entry.leaf(), key.signer().verifier, [outside.verifier]) == []
    assert actions.cosign(at=AT) == 1
    proof = queries.proof_of(entry)
    assert proof is not None
    assert proof.verify(entry.leaf(), key.signer().verifier, [outside.verifier]) == [
        "bar.example/w1"
    ]
    assert actions.cosign(at=AT) == 1  # asked only once for one tree
    act(600)
    assert actions.cosign(at=AT) == 1
    (line,) = [line for line in checkpoint().lines if "bar.example" in line]
    assert abs(notes.time_of(line) - time.time()) < 60


def test_proofs_stay_under_what_was_cosigned(outside: Outside) -> None:
    act(3)
    actions.cosign(at=AT)
    act(3)
    old, new = (queries.proof_of(Entry.objects.get(position=place)) for place in (1, 5))
    assert old is not None
    assert new is not None
    assert Checkpoint.parse(old.checkpoint.text).size == 3
    assert Checkpoint.parse(new.checkpoint.text).size == 6
    own = key.signer().verifier
    assert new.verify(Entry.objects.get(position=5).leaf(), own, [outside.verifier]) == []


def test_a_witness_that_is_away_stops_nothing_and_is_never_claimed(
    outside: Outside, settings: Settings
) -> None:
    settings.WITNESSES = [f"http://127.0.0.1:9/ {outside.verifier}"]
    act(2)
    assert actions.cosign(at=AT) == 0
    assert queries.witnesses_told()["bar.example/w1"]["trouble"]
    settings.WITNESSES = [f"{outside.url}/ {outside.verifier}"]
    assert actions.cosign(at=AT) == 1
    assert queries.witnesses_told()["bar.example/w1"]["trouble"] == ""


def test_a_log_that_was_put_back_or_forked_is_not_cosigned(outside: Outside) -> None:
    act(5)
    actions.cosign(at=AT)
    signer = key.signer()
    fork = notes.sign(str(Checkpoint(signer.name, 5, b"x" * 32)), signer)
    shorter = notes.sign(str(Checkpoint(signer.name, 3, b"x" * 32)), signer)
    longer = notes.sign(str(Checkpoint(signer.name, 6, b"x" * 32)), signer)
    assert outside.post(f"old 5\n\n{fork}").status_code == 409
    assert outside.post(f"old 3\n\n{shorter}").status_code == 409
    assert outside.post(f"old 5\n\n{longer}").status_code == 422
    assert outside.post(f"old 5\n{encoded(b'y' * 32)}\n\n{longer}").status_code == 422
    assert len(list((outside.folder / "evidence").iterdir())) == 3
    assert outside.post(f"old 5\n\n{checkpoint()}").status_code == 200  # the true one, again
    key.store().publish(shorter)
    assert actions.cosign(at=AT) == 0
    assert "some were lost here" in queries.witnesses_told()["bar.example/w1"]["trouble"]
    key.store().publish(fork)
    assert actions.cosign(at=AT) == 0


def test_what_is_malformed_or_of_strangers_is_refused(outside: Outside) -> None:
    act(1)
    own = key.signer()
    text = str(Checkpoint(own.name, 1, merkle.EMPTY))
    stranger = notes.sign(text, Signer(own.name, ED25519, bytes(32)))
    unknown = notes.sign(str(Checkpoint("x.example/log", 1, bytes(32))),
                         Signer("x.example/log", ED25519, bytes(32)))  # fmt: skip
    good = checkpoint()
    for body, status in (
        ("", 400), ("old 0", 400), (f"old -1\n\n{good}", 400), (f"old 01\n\n{good}", 400),
        (f"new 0\n\n{good}", 400), (f"old 2\n\n{good}", 400), (f"old 0\nxx\n\n{good}", 400),
        ("old 0\n" + f"{encoded(bytes(32))}\n" * 64 + f"\n{good}", 400),
        (f"old 0\n\n{stranger}", 403), (f"old 0\n\n{unknown}", 404),
        (f"old 0\n{encoded(bytes(32))}\n\n{good}", 422), (f"old 1\n\n{good}", 409),
        (f"old 0\n\n{good}", 200),
    ):  # fmt: skip
        assert outside.post(body).status_code == status, body
    assert outside.post("old 0\n\n" + "x" * 70_000).status_code == 413
    assert (
        httpx.post(f"{outside.url}/add-checkpoint", content=b"\xff", trust_env=False).status_code
        == 400
    )
    assert httpx.get(f"{outside.url}/add-checkpoint", trust_env=False).status_code == 405
    assert httpx.get(f"{outside.url}/else", trust_env=False).status_code == 404


def test_its_memory_is_on_disk(outside: Outside) -> None:
    act(4)
    actions.cosign(at=AT)
    again = Witness(outside.folder)
    assert again.signer.verifier == outside.verifier
    body = f"old 0\n\n{checkpoint()}"
    answer = again.add_checkpoint(body, now=1)
    assert (answer.status, answer.body, answer.content_type) == (409, "4\n", "text/x.tlog.size")
