"""What is hidden against what does not exist: can the time of an answer tell them apart?

Usage: python benchmarks/hidden.py [timings of each]; DATABASE_URL as for mohalla.

An officer asks for cases of other desks and for references that nobody has, in random order, over one
connection; somebody else tries receipts one digit beside real ones, and receipts out of the air.
Goal: medians at most 1 ms apart, and a guess from the time alone right in 48 to 52 of 100 (rank AUC).
The last line is the twin: what is the officer's own takes another time, so the clock can see.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left, bisect_right

from desk import signed_in
from servers import OURS, demonstration, environment, served

PORT = 18717
FIND = """
import django; django.setup()
from mohalla.foundation.people.models import Account
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import viewer_at
from mohalla.foundation import clock, identifiers
from mohalla.station.casework import queries
from mohalla.station.casework.models import Case
import json
ali = viewer_at(units.directory(), officer=Account.objects.get(name="ali").officer_id, at=clock.now())
own = list(queries.seen_by(ali).filter(sensitivity="C1").values_list("reference", flat=True))
rows = Case.objects.exclude(reference__in=own)
receipts = [identifiers.receipt_for(row.pk, 1) for row in rows]
print(json.dumps([own, list(rows.values_list("reference", flat=True)), receipts]))
"""


def auc(first: list[float], second: list[float]) -> float:
    """How often one of the first is slower than one of the second; ties count half."""
    ordered = sorted(second)
    wins = sum(bisect_left(ordered, t) + bisect_right(ordered, t) for t in first)
    return wins / 2 / len(first) / len(second)


def timed(
    link: http.client.HTTPConnection, path: str, headers: dict[str, str], status: int
) -> float:
    began = time.perf_counter()
    link.request("GET", path, headers=headers)
    answer = link.getresponse()
    answer.read()
    took = 1000 * (time.perf_counter() - began)
    if answer.status != status:
        raise SystemExit(f"{path}: {answer.status} instead of {status}")
    return took


def compared(
    name: str, count: int, first: list[tuple[str, dict[str, str]]],
    second: list[tuple[str, dict[str, str]]], status: int = 404,
) -> None:  # fmt: skip
    """Both in random order; `second` answers 404."""
    link, took = http.client.HTTPConnection("127.0.0.1", PORT), ([], [])  # type: ignore[var-annotated] # two lists of seconds
    for path, headers in first[:1] * 50:
        timed(link, path, headers, status)
    order = [0, 1] * count
    random.shuffle(order)
    for which in order:
        path, headers = random.choice((first, second)[which])
        took[which].append(timed(link, path, headers, 404 if which else status))
    link.close()
    middle = [statistics.median(each) for each in took]
    print(f"{name:34} {middle[0]:6.2f} ms against {middle[1]:6.2f} ms   apart"
          f" {abs(middle[0] - middle[1]):5.3f} ms   AUC {auc(*took):.3f}   ({count:,} each)", flush=True)  # fmt: skip


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    random.seed(17)
    with tempfile.TemporaryDirectory() as home:
        demonstration(home)
        done = subprocess.run([sys.executable, "-c", FIND], env=environment(home), check=True,
                              capture_output=True, text=True)  # fmt: skip
        own, hidden, receipts = json.loads(done.stdout.splitlines()[-1])
        with served({PORT: (OURS, home)}):
            opener = signed_in(PORT)
            jar = next(h for h in opener.handlers if hasattr(h, "cookiejar")).cookiejar
            cookie = {"Cookie": "; ".join(f"{one.name}={one.value}" for one in jar)}
            symbols = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
            none = ["".join(random.choices(symbols, k=5)) + "22" for _ in hidden]
            theirs = [(f"/desk/cases/{one}/", cookie) for one in hidden]
            nobodys = [(f"/desk/cases/{one}/", cookie) for one in none]
            compared("a case of others, of nobody", count, theirs, nobodys)
            beside = [f"{one[:-3]}{(int(one[-3]) + 1) % 10}{one[-2:]}" for one in receipts]
            air = [f"{random.randrange(10**18):018d}00" for _ in receipts]
            air = [one for one in air if int(one) % 97 != 1]  # a device's own costs us a scrypt
            near, far = ([("/api/v1/report", {"Authorization": f"Receipt {one}"}) for one in some]
                         for some in (beside, air))  # fmt: skip
            compared("a receipt beside, out of the air", count, near, far)
            mine = [(f"/desk/cases/{one}/", cookie) for one in own[:20]]
            compared("twin: a case of one's own, nobody's", min(count, 200), mine, nobodys, 200)


if __name__ == "__main__":
    main()
