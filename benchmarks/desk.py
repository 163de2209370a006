"""The desk's queue among a million reports against the same among ten thousand.

Usage: python benchmarks/desk.py [rows] [rounds]; DATABASE_URL is not used: two SQLite homes.
`BENCH_HOMES` names a folder in which the filled homes are kept for the next run.

Reports are made from the product's own rows (accept's) over two years, beyond ten thousand copied in
the database; one in a hundred is still open, one in ten had a message answered.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import statistics
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from servers import OURS, demonstration, product, served

SMALL = 10_000
PORTS = (18715, 18716)
# the queue; a word that stands everywhere; one that stands nowhere
PAGES = ("/desk/", "/desk/search/?q=%D8%A8%D9%84%D8%A8", "/desk/search/?q=zebramark")


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    large, rounds = (*given, *(1_000_000, 30)[len(given) :])
    with tempfile.TemporaryDirectory() as scratch:
        kept = Path(os.environ.get("BENCH_HOMES", scratch))
        homes = {number: f"{kept}/{number}" for number in (SMALL, large)}
        for number, home in homes.items():
            if not Path(home, "filled").exists():
                demonstration(home)
                product(home, f"import filling; filling.fill({number}); filling.index()")
                Path(home, "filled").touch()
        servers = {port: (OURS, home) for port, home in zip(PORTS, homes.values(), strict=True)}
        with served(servers):
            desks = [signed_in(port) for port in PORTS]
            for path in PAGES:
                times: list[list[float]] = [[], []]
                for _ in range(rounds + 3):
                    for which, (port, desk) in enumerate(zip(PORTS, desks, strict=True)):
                        began = time.perf_counter()
                        desk.open(f"http://127.0.0.1:{port}{path}", timeout=60).read()
                        times[which].append(1000 * (time.perf_counter() - began))
                few, many = (statistics.median(row[3:]) for row in times)
                print(f"{path:32} {SMALL:,}: {few:7.1f} ms   {large:,}: {many:7.1f} ms"
                      f"   ratio {many / few:.2f}")  # fmt: skip


def signed_in(port: int) -> urllib.request.OpenerDirector:
    """A browser of Ali's."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    body = json.dumps({"as": "ali"}).encode()
    asked = urllib.request.Request(
        f"http://127.0.0.1:{port}/demo/sign-in", body, {"Content-Type": "application/json"}
    )
    opener.open(asked, timeout=30).read()
    return opener


if __name__ == "__main__":
    main()
