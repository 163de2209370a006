"""Accept a report against a bare one-insert view: the ratio, from one interleaved run.

Usage: python benchmarks/accept.py [connections] [seconds] [rounds]; DATABASE_URL as for mohalla.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
BODY = (
    '{"text":"ہماری گلی کا بلب ایک ماہ سے خراب ہے","category":"street_light",'
    '"place":{"mohalla":"gul-bagh"},"contact":{"phone":"03001234567"}}'
)
PORTS = {"bare": 18711, "mohalla": 18712}


def server(name: str, home: str) -> subprocess.Popen[bytes]:
    """One granian with 2 workers of 4 threads on loopback."""
    target = "bare:application" if name == "bare" else "mohalla.site.wsgi:application"
    environment = os.environ | {
        "BARE_HOME": home, "MOHALLA_HOME": home, "MOHALLA_DEMO": "1", "PYTHONPATH": str(HERE),
    }  # fmt: skip
    if name == "bare":
        Path(home).mkdir(parents=True, exist_ok=True)
        prepare = "import bare; bare.prepare()"
        subprocess.run([sys.executable, "-c", prepare], env=environment, check=True)
    else:
        load = "import sys; sys.argv=['mohalla','demo','load']; from mohalla.site.cli import main; main()"
        subprocess.run([sys.executable, "-c", load], env=environment, check=True)
    return subprocess.Popen(
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(PORTS[name]),
            "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "error", target,
        ],
        env=environment,
    )  # fmt: skip


def load(name: str, connections: int, seconds: int, script: str) -> tuple[float, float]:
    """(requests a second, p99 in ms) of one round; any refused request fails the run."""
    path = "/reports" if name == "bare" else "/api/v1/reports"
    done = subprocess.run(
        ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--latency", "-s", script,
         f"http://127.0.0.1:{PORTS[name]}{path}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    if "Non-2xx" in done.stdout:
        raise SystemExit(f"{name} refused requests:\n{done.stdout}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])  # type: ignore[index]
    tail = re.search(r"99%\s+([\d.]+)(us|ms|s)", done.stdout)
    assert tail
    return rate, float(tail[1]) * {"us": 0.001, "ms": 1, "s": 1000}[tail[2]]


def main() -> None:
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing; on Debian: apt-get install wrk")
    given = [int(word) for word in sys.argv[1:]]
    connections, seconds, rounds = (*given, *(32, 3, 3)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "post.lua"
        script.write_text(
            f"wrk.method='POST'\nwrk.headers['Content-Type']='application/json'\nwrk.body=[[{BODY}]]\n"
        )
        running = [server(name, f"{folder}/{name}") for name in PORTS]
        try:
            for port in PORTS.values():
                wait(port)
            rates: dict[str, list[tuple[float, float]]] = {name: [] for name in PORTS}
            for _ in range(rounds):
                for name in PORTS:
                    rates[name].append(load(name, connections, seconds, str(script)))
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(15)
    middle = {name: statistics.median(rate for rate, _ in rows) for name, rows in rates.items()}
    for name, rows in rates.items():
        tails = statistics.median(p99 for _, p99 in rows)
        print(f"{name:8} {middle[name]:8.0f} req/s   p99 {tails:7.1f} ms")
    print(f"ratio    {middle['mohalla'] / middle['bare']:.2f} at {connections} connections")


def wait(port: int) -> None:
    """Until the server answers anything."""
    for _ in range(100):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"nothing answers on port {port}")


if __name__ == "__main__":
    main()
