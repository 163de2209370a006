"""What register and sealing cost when a report is accepted: ours against ours without them.

Usage: python benchmarks/costs.py [connections] [seconds] [rounds]; DATABASE_URL as for mohalla.
C1 pays for its entry in the register and the signed receipt, C2 also for sealing on arrival.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from servers import OURS, UNPROVED, Round, demonstration, load, script, served, told

MATTERS = {"C1": "street_light", "C2": "online_harassment"}
PORTS = {"proved": 18713, "unproved": 18714}


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    connections, seconds, rounds = (*given, *(32, 3, 3)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        posts = {
            name: script(
                Path(folder) / f"{name}.lua",
                body=f'{{"text":"رات کو گلی میں اندھیرا ہوتا ہے","category":"{matter}"}}',
            )
            for name, matter in MATTERS.items()
        }
        servers = {
            PORTS["proved"]: (OURS, f"{folder}/proved"),
            PORTS["unproved"]: (UNPROVED, f"{folder}/unproved"),
        }
        for _target, home in servers.values():
            demonstration(home)
        done: dict[str, list[Round]] = {f"{a} {b}": [] for a in posts for b in PORTS}
        with served(servers):
            for warm in (True, *[False] * rounds):
                for post, kept in posts.items():
                    for name, port in PORTS.items():
                        url = f"http://127.0.0.1:{port}/api/v1/reports"
                        took = load(
                            url,
                            connections=connections,
                            seconds=1 if warm else seconds,
                            script=kept,
                        )
                        if not warm:
                            done[f"{post} {name}"].append(took)
        middle = told(done)
        for post in posts:
            ratio = middle[f"{post} unproved"] / middle[f"{post} proved"]
            print(f"{post}: {ratio:.2f} times the time without register and sealing")


if __name__ == "__main__":
    main()
