"""What the benchmarks share: servers on loopback, and rounds of load on them."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
OURS, BARE = "mohalla.site.gate:application", "bare:application"
UNPROVED = "unproved:application"
THREADS = "8"  # of a worker, as ours has by default
MS = {"us": 0.001, "ms": 1, "s": 1000}


class Round(NamedTuple):
    """Requests a second, and the 99th percentile in milliseconds."""

    rate: float
    p99: float


def environment(home: str) -> dict[str, str]:
    return os.environ | {
        "BARE_HOME": home, "MOHALLA_HOME": home, "MOHALLA_DEMO": "1",
        "MOHALLA_WEB_THREADS": THREADS, "PYTHONPATH": str(HERE),
        "DJANGO_SETTINGS_MODULE": "mohalla.site.settings",
    }  # fmt: skip


def python(home: str, code: str) -> None:
    """Run a line in a process of its own with that home."""
    Path(home).mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-c", code], env=environment(home), check=True)


def product(home: str, code: str) -> None:
    """The same with the product set up around it."""
    python(home, f"import django; django.setup(); {code}")


def demonstration(home: str) -> None:
    python(
        home,
        "import sys; sys.argv=['mohalla','demo','load']; from mohalla.site.cli import main; main()",
    )


@contextmanager
def served(servers: dict[int, tuple[str, str]]) -> Iterator[None]:
    """Granian with 2 workers of 8 threads for each `port: (application, home)`, all else with the gate."""
    running = [
        subprocess.Popen(
            [
                sys.executable, "-m", "granian", *(
                    ["--interface", "wsgi", "--blocking-threads", THREADS] if target == BARE
                    else ["--interface", "rsgi"]
                ), "--port", str(port), "--workers", "2", "--no-ws", "--log-level", "error", target,
            ],
            env=environment(home),
        )
        for port, (target, home) in servers.items()
    ]  # fmt: skip
    try:
        for port in servers:
            _wait(port)
        yield
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:  # it had not come up yet
                process.kill()


def load(url: str, *, connections: int, seconds: int, script: str) -> Round:
    """One round with wrk; any refused request ends the run."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing; on Debian: apt-get install wrk")
    done = subprocess.run(
        ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--latency",
         "-s", script, url],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    if "Non-2xx" in done.stdout:
        raise SystemExit(f"{url} refused requests:\n{done.stdout}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    tail = re.search(r"99%\s+([\d.]+)(us|ms|s)", done.stdout)
    assert rate
    assert tail
    return Round(float(rate[1]), float(tail[1]) * MS[tail[2]])


def told(done: dict[str, list[Round]]) -> dict[str, float]:
    """Print the medians of each; the rates are given back."""
    middle = {name: statistics.median(row.rate for row in rows) for name, rows in done.items()}
    for name, rows in done.items():
        tails = statistics.median(row.p99 for row in rows)
        print(f"{name:12} {middle[name]:8.0f} req/s   p99 {tails:7.1f} ms")
    return middle


def script(path: Path, *, body: str = "", headers: dict[str, str] | None = None) -> str:
    """A wrk script that sends the same request again and again."""
    lines = [f"wrk.headers[{json.dumps(k)}]={json.dumps(v)}" for k, v in (headers or {}).items()]
    if body:
        lines += ["wrk.method='POST'", f"wrk.body=[[{body}]]"]
        lines.append("wrk.headers['Content-Type']='application/json'")
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def _wait(port: int) -> None:
    """Until the server answers anything."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nothing answers on port {port}")
