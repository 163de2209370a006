"""Accept a report against a bare one-insert view: the ratio, from one interleaved run.

Usage: python benchmarks/accept.py [connections] [seconds] [rounds]; DATABASE_URL as for mohalla.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from servers import BARE, OURS, Round, demonstration, load, python, script, served, told

BODY = (
    '{"text":"ہماری گلی کا بلب ایک ماہ سے خراب ہے","category":"street_light",'
    '"place":{"mohalla":"gul-bagh"},"contact":{"phone":"03001234567"}}'
)
URLS = {
    "bare": "http://127.0.0.1:18711/reports",
    "mohalla": "http://127.0.0.1:18712/api/v1/reports",
}


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    connections, seconds, rounds = (*given, *(32, 3, 3)[len(given) :])
    with tempfile.TemporaryDirectory() as folder:
        post = script(Path(folder) / "post.lua", body=BODY)
        python(f"{folder}/bare", "import bare; bare.prepare()")
        demonstration(f"{folder}/mohalla")
        servers = {18711: (BARE, f"{folder}/bare"), 18712: (OURS, f"{folder}/mohalla")}
        done: dict[str, list[Round]] = {name: [] for name in URLS}
        with served(servers):
            for url in URLS.values():
                load(url, connections=connections, seconds=1, script=post)  # warm
            for _ in range(rounds):
                for name, url in URLS.items():
                    done[name].append(
                        load(url, connections=connections, seconds=seconds, script=post)
                    )
    middle = told(done)
    print(f"ratio    {middle['mohalla'] / middle['bare']:.2f} at {connections} connections")


if __name__ == "__main__":
    main()
