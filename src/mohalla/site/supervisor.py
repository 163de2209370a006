"""`mohalla up`: web workers, scheduler and text worker under one parent.

All children stay in the parent's process group. They end when it ends, however it ends: a warden
process holds the reading end of a pipe whose writing end only the supervisor has; when the
supervisor is gone the pipe closes, and the warden ends what is left.
"""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from mohalla.site import tether
from mohalla.site.options import Options

GRACE = 9.0  # seconds that children have to finish what they acknowledged
BACK_OFF = 2.0


class AlreadyRunning(Exception):
    """Another supervisor serves this home."""


@dataclass
class Child:
    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = field(default=0)
    environment: dict[str, str] = field(default_factory=dict)


def commands(options: Options) -> list[Child]:
    """The processes of one installation."""
    own = [sys.executable, "-m", "mohalla.site.worker"]
    fewer = {"DATABASE_URL": options.web_database_url} if options.web_database_url else {}
    children = [
        Child("web", web_command(options), environment=fewer),
        Child("scheduler", [*own, "scheduler"]),  # lays the log, which is the owner's
        Child("sms", [*own, "sms"], environment=fewer),
        Child("jobs", [*own, "jobs"], environment=fewer),
    ]
    if options.voice:
        children.append(Child("voice", [*own, "voice"], environment=fewer))
    return children


def web_command(options: Options) -> list[str]:
    """granian with the gate by default; gunicorn with threads as the tested fallback."""
    address, port, workers = options.host, str(options.port), str(options.web_workers)
    if options.server == "gunicorn":
        return [
            sys.executable, "-m", "gunicorn", "mohalla.site.wsgi:application",
            "--bind", f"{address}:{port}", "--workers", workers,
            "--threads", str(options.web_threads), "--worker-class", "gthread",
            "--graceful-timeout", "8", "--log-level", "warning",
        ]  # fmt: skip
    return [
        sys.executable, "-m", "granian", "--interface", "rsgi", "--host", address,
        "--port", port, "--workers", workers, "--respawn-failed-workers",
        "--workers-kill-timeout", "8", "--no-ws", "--http1-header-read-timeout", "10000",
        "--log-level", "warning", "mohalla.site.gate:application",
    ]  # fmt: skip


def lock(home: Path) -> int:
    """Hold the home; raises `AlreadyRunning`. The kernel gives it back when we end."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise AlreadyRunning(str(home)) from None
    return handle


class Supervisor:
    """Start, watch, restart with back-off, stop."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stopping = False
        os.environ[tether.SUPERVISOR] = str(os.getpid())
        self._leash, writer = os.pipe()
        os.set_inheritable(self._leash, True)
        self._writer = writer
        self._warden = subprocess.Popen(
            [sys.executable, "-m", "mohalla.site.warden", str(self._leash)],
            pass_fds=[self._leash],
        )
        os.close(self._leash)

    def run(self) -> None:
        """Until SIGTERM or Ctrl-C."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        while not self.stopping:
            for child in self.children:
                self._keep(child)
            time.sleep(0.2)
        self._end()

    def _keep(self, child: Child) -> None:
        if child.process is not None and child.process.poll() is None:
            return
        if child.process is not None:
            wait = min(30.0, BACK_OFF * 2**child.failures)
            if time.monotonic() - child.started < wait:
                return
            child.failures = child.failures + 1 if time.monotonic() - child.started < 60 else 0
            print(f"mohalla: {child.name} ended and is started again", file=sys.stderr, flush=True)
        child.started = time.monotonic()
        child.process = subprocess.Popen(child.command, env=os.environ | child.environment)
        os.write(self._writer, f"{child.process.pid}\n".encode())

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end(self) -> None:
        running = [c.process for c in self.children if c.process and c.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
        os.close(self._writer)
        try:
            self._warden.wait(3)
        except subprocess.TimeoutExpired:
            self._warden.kill()
