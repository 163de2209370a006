"""Follow a report with its receipt against a bare read of one row, from one interleaved run.

Usage: python benchmarks/tracking.py [connections] [seconds] [rounds]; DATABASE_URL as for mohalla.
"""

from __future__ import annotations

import json
import sys
import tempfile
import urllib.request
from pathlib import Path

from servers import BARE, OURS, Round, demonstration, load, python, script, served, told

BODY = {"text": "ہماری گلی کا بلب ایک ماہ سے خراب ہے", "category": "street_light",
        "place": {"mohalla": "gul-bagh"}, "contact": {"phone": "03001234567"}}  # fmt: skip
OURS_AT, BARE_AT = "http://127.0.0.1:18714/api/v1", "http://127.0.0.1:18713/reports"


def receipt() -> str:
    """File one report, as anybody would."""
    asked = urllib.request.Request(
        f"{OURS_AT}/reports", json.dumps(BODY).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return str(json.load(answer)["receipt"])


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    connections, seconds, rounds = (*given, *(32, 3, 3)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        python(f"{folder}/bare", "import bare; bare.prepare(rows=1000)")
        demonstration(f"{folder}/mohalla")
        servers = {18713: (BARE, f"{folder}/bare"), 18714: (OURS, f"{folder}/mohalla")}
        done: dict[str, list[Round]] = {"bare": [], "mohalla": []}
        with served(servers):
            key = {"Authorization": f"Receipt {receipt()}"}
            runs = {
                "bare": (f"{BARE_AT}/500", script(Path(folder) / "bare.lua")),
                "mohalla": (f"{OURS_AT}/report", script(Path(folder) / "ours.lua", headers=key)),
            }
            for url, lua in runs.values():
                load(url, connections=connections, seconds=1, script=lua)  # warm
            for _ in range(rounds):
                for name, (url, lua) in runs.items():
                    done[name].append(
                        load(url, connections=connections, seconds=seconds, script=lua)
                    )
    middle = told(done)
    print(f"time     {middle['bare'] / middle['mohalla']:.2f} of a bare read's")


if __name__ == "__main__":
    main()
