"""A real installation in a folder of its own, to be started and killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[2]
MOHALLA = [sys.executable, "-c", "from mohalla.site.cli import main; main()"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Home:
    """`mohalla up` on a temporary home; everything it starts is found again below its parent."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = {
            key: value for key, value in os.environ.items()
            if not key.startswith("MOHALLA_") and key not in {"DATABASE_URL"}
        } | {
            "MOHALLA_HOME": str(folder), "MOHALLA_DEMO": "1", "MOHALLA_PORT": str(self.port),
            "MOHALLA_WEB_WORKERS": "2", "PYTHONPATH": str(REPO / "src"),
        }  # fmt: skip
        if database_url:
            self.environment["DATABASE_URL"] = database_url

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command of the installation, to its end."""
        return subprocess.run([*MOHALLA, *words], env=self.environment, capture_output=True,
                              text=True, timeout=90, check=False)  # fmt: skip

    def python(self, code: str, *, given: str = "") -> subprocess.CompletedProcess[str]:
        """A few lines in the installation's own settings."""
        settings = {"DJANGO_SETTINGS_MODULE": "mohalla.site.settings"}
        return subprocess.run([sys.executable, "-c", code], env=self.environment | settings,
                              input=given, capture_output=True, text=True, timeout=300,
                              check=False)  # fmt: skip

    def start(self, *, wait: float = 40) -> subprocess.Popen[bytes]:
        """Start, and wait until it accepts reports."""
        with (self.folder / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*MOHALLA, "up"], env=self.environment, stdout=log, stderr=log
            )
        until = time.monotonic() + wait
        while time.monotonic() < until:
            if self.process.poll() is not None:
                break
            try:
                if self.call("/readyz", timeout=1)[0] == 200:
                    return self.process
            except OSError:
                time.sleep(0.1)
        raise AssertionError("not ready:\n" + (self.folder / "up.log").read_text()[-2000:])

    def tree(self) -> list[int]:
        """The supervisor and all below it, itself first."""
        assert self.process is not None
        listing = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True,
                                 check=True).stdout  # fmt: skip
        parents = {int(a): int(b) for a, b in (line.split() for line in listing.splitlines())}
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def kill(self, processes: list[int]) -> None:
        for pid in processes:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        assert self.process is not None
        if self.process.pid in processes:
            self.process.wait(5)

    def gone(self, processes: list[int], *, within: float) -> bool:
        """Whether all have ended and nobody listens any more."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            if not any(alive(pid) for pid in processes) and not port_open(self.port):
                return True
            time.sleep(0.1)
        return False

    def call(
        self, path: str, body: Any = None, *, headers: dict[str, str] | None = None,
        timeout: float = 20,
    ) -> tuple[int, dict[str, Any]]:  # fmt: skip
        """(status, JSON); raises OSError where no whole answer came."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}", data=data,
            headers={"Content-Type": "application/json", "Connection": "close"} | (headers or {}),
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return False
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True
    return state not in {"Z", "X"}
