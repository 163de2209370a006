"""Adapters of the text message port, each with a peer that nobody here wrote."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.peers import kannel_real
from tests.peers.carrier import Carrier
from tests.peers.our_pages import Gateway, Kannel, Pages
from tests.peers.sms_lines import PEERS, Line, Screen, Smpp

from mohalla.channels.sms import handler


@pytest.fixture(scope="session")
def node_peer(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip("Node is not here: the second foreign SMSC (npm smpp) is left out")
    home = tmp_path_factory.mktemp("npm")
    try:
        subprocess.run(
            [npm, "install", "--prefix", str(home), "--no-audit", "--no-fund", "smpp@0.5.1"],
            check=True,
            capture_output=True,
            timeout=60,
        )
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"npm smpp could not be installed: {type(error).__name__}")
    module = str(home / "node_modules" / "smpp")
    return [node, str(PEERS / "smsc_node.js"), "{port}", module]


@pytest.fixture(params=["smpp34", "node"])
def carrier(request: pytest.FixtureRequest) -> Iterator[Carrier]:
    """A foreign SMSC, bound by nobody yet."""
    if request.param == "node":
        command: list[str] = request.getfixturevalue("node_peer")
    else:
        command = [sys.executable, str(PEERS / "smsc_smpp34.py"), "{port}"]
    peer = Carrier(command)
    yield peer
    peer.kill()


@pytest.fixture
def smpp(carrier: Carrier, transactional_db: None) -> Iterator[Smpp]:
    """Our SMPP transport and worker, bound to a foreign SMSC."""
    line = Smpp(carrier)
    line.open()
    yield line
    line.close()


@pytest.fixture
def kannel(transactional_db: None, settings: Any) -> Iterator[Kannel]:
    """Our HTTP transport, our pages, and a gateway that speaks Kannel's protocol."""
    peer = Gateway([sys.executable, str(PEERS / "kannel_stub.py"), "{port}"])
    pages = Pages()
    peer.mode(receipts="after")
    opened = Kannel(peer, pages, settings)
    opened.open()
    yield opened
    opened.close()
    peer.kill()
    pages.close()


@pytest.fixture
def real_kannel(
    transactional_db: None, settings: Any, tmp_path: Path
) -> Iterator[kannel_real.RealKannel]:
    """Our HTTP transport, our pages, and Kannel's own daemons where Debian's package is."""
    if not kannel_real.is_here():
        pytest.skip("Kannel is not here (apt-get install kannel): the stub has to do")
    pages = Pages()
    smsc = Carrier([sys.executable, str(PEERS / "smsc_smpp34.py"), "{port}"])
    smsc.mode(receipts="after")
    daemons = kannel_real.Daemons(smsc, pages, tmp_path)
    opened = kannel_real.RealKannel(daemons, pages, settings)
    opened.open()
    yield opened
    opened.close()
    daemons.kill()
    pages.close()


@pytest.fixture(params=["screen", "smpp34", "node", "kannel", "real_kannel"])
def line(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Line]:
    """Every adapter in turn."""
    if request.param in ("kannel", "real_kannel"):
        yield request.getfixturevalue(request.param)
        return
    opened: Screen | Smpp
    peer: Carrier | None = None
    if request.param == "screen":
        opened = Screen()
    else:
        command = [sys.executable, str(PEERS / "smsc_smpp34.py"), "{port}"]
        if request.param == "node":
            command = request.getfixturevalue("node_peer")
        peer = Carrier(command)
        peer.mode(receipts="after")
        opened = Smpp(peer)
    opened.open()
    yield opened
    opened.close()
    if peer is not None:
        peer.kill()


@pytest.fixture(autouse=True)
def _no_handler() -> Iterator[None]:
    handler.forget()
    yield
    handler.forget()
