"""One alert to very many: what the bookkeeping costs, and how near sending comes to its own limit.

Usage: python benchmarks/fanout.py [subscribers] [tasks] [encrypted]; DATABASE_URL as for mohalla.
Three ratios, each measured in the same run, part after part in turn:

1. bookkeeping: the walk along all subscribers, rows read and cursor committed, with a sender that
   does nothing, against one job for each recipient put into the product's own queue (django-tasks on
   the database), which is what a row per recipient costs before anything is sent;
   Every second round walks all of them, the others a tenth;
2. sending: the walk with web push encryption (RFC 8291 by http-ece, as pywebpush does it, one key
   agreement for each recipient) against that encryption alone with everything parsed beforehand, one
   core each;
3. the network: the same with each message posted to a stub on loopback, for comparison only.
"""

from __future__ import annotations

import base64
import http.client
import http.server
import json
import os
import socketserver
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import django
import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

HOME = tempfile.mkdtemp(prefix="mohalla-fanout-")
os.environ.setdefault("MOHALLA_HOME", HOME)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mohalla.site.settings")
django.setup()

from django.core.management import call_command
from django.db import connection
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from mohalla.channels.notices import actions
from mohalla.channels.notices.models import Broadcast, Leg, Subscriber
from mohalla.channels.notices.port import Batch, Handed
from mohalla.channels.notices.rules import batches
from mohalla.foundation import clock, seal
from mohalla.foundation.places.models import Place

WORDS = "پل والی سڑک چھ بجے تک بند ہے۔ نچلی سڑک سے جائیں۔ خطرہ ہو تو 15 ملائیں۔"
ROUNDS = 3
BROWSERS = 200  # different keys; reused, because making a million of them measures nothing
TASK = "bench-fanout"


@task()
def tell_one(subscriber: int) -> None:
    """What a queue would be given for each recipient."""


class Idle:
    """Takes every batch and does nothing."""

    is_up = True

    def __init__(self, door: str) -> None:
        self.door = door

    def size(self, texts: dict[str, str], /) -> int:
        return batches.MOST

    def hand(self, batch: Batch, /, *, at: object) -> Handed:
        return Handed(accepted=len(batch.recipients))


class Push(Idle):
    """Opens the sealed subscription and encrypts for it; posts it where there is a stub."""

    def __init__(self, door: str, stub: int = 0) -> None:
        super().__init__(door)
        self.link = http.client.HTTPConnection("127.0.0.1", stub) if stub else None

    def hand(self, batch: Batch, /, *, at: object) -> Handed:
        content = batch.texts["ur"].encode()
        for one in batch.recipients:
            told = json.loads(seal.unseal(one.address))
            body = encrypted(content, base64.b64decode(told["k"]), base64.b64decode(told["a"]))
            if self.link is not None:
                self.link.request("POST", told["e"], body, {"TTL": "3600", "Topic": "alert"})
                self.link.getresponse().read()
        return Handed(accepted=len(batch.recipients))


def encrypted(content: bytes, point: bytes, secret: bytes) -> bytes:
    """As pywebpush's `encode`: a fresh key of ours, one agreement, three derivations, one AES-GCM."""
    ours = ec.generate_private_key(ec.SECP256R1())
    body: bytes = http_ece.encrypt(
        content, private_key=ours, dh=point, auth_secret=secret, version="aes128gcm"
    )
    return body


def browsers() -> list[dict[str, str]]:
    made = []
    for number in range(BROWSERS):
        point = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )  # fmt: skip
        made.append({"e": f"/push/{number:040d}", "k": base64.b64encode(point).decode(),
                     "a": base64.b64encode(os.urandom(16)).decode()})  # fmt: skip
    return made


def people(area: Place, door: str, count: int, addresses: list[str]) -> None:
    """A few by the product, the rest copied from them by the database: only to be there quickly."""
    at = clock.now()
    first = Subscriber.objects.bulk_create(
        Subscriber(area=area, door=door, lookup=f"{n:064x}", language="ur", since=at,
                   address=address, asked_by="web")
        for n, address in enumerate(addresses)
    )  # fmt: skip
    lite = connection.vendor == "sqlite"
    numbers = ("WITH RECURSIVE s(n) AS (SELECT %s UNION ALL SELECT n+1 FROM s WHERE n < %s - 1)"
               if lite else "WITH s AS (SELECT generate_series(%s, %s - 1) AS n)")  # fmt: skip
    spelt = "printf('%%064x', n)" if lite else "lpad(to_hex(n), 64, '0')"
    columns = "area_id, door, lookup, language, since, address, asked_by"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{numbers} INSERT INTO notices_subscriber ({columns})"
            f" SELECT area_id, door, {spelt}, language, since, address, asked_by"
            " FROM s JOIN notices_subscriber b ON b.id = %s + n %% %s",
            [len(first), count, first[0].pk, len(first)],
        )


def clocks(sender: Idle) -> Callable[[], float]:
    """Encryption is compared by the time of the core, which others share; the rest by the wall."""
    return time.process_time if isinstance(sender, Push) else time.perf_counter


def walked(sender: Idle, name: str, area: Place, most: int = 0) -> float:
    """Recipients a second over a whole broadcast, or until `most` were handed over."""
    at = clock.now()
    row = actions.begin(subject=name, kind="danger", areas=[area.pk], at=at,
                        texts={"ur": WORDS, "en": WORDS, "ps": WORDS},
                        expires_at=at + timedelta(hours=1))  # fmt: skip
    watch = clocks(sender)
    done, begun = 0, watch()
    while not most or done < most:
        taken = actions.hand_over(sender=sender, at=at)
        if not taken:
            break
        done += taken
    took = watch() - begun
    if not most:
        assert Leg.objects.get(broadcast=row, door=sender.door).accepted == done
    Broadcast.objects.filter(pk=row.pk).update(ended_at=at)
    return done / took


def queued(count: int) -> float:
    begun = time.perf_counter()
    for number in range(count):
        tell_one.enqueue(number)
    took = time.perf_counter() - begun
    DBTaskResult.objects.all().delete()
    return count / took


def ceiling(count: int, parsed: list[tuple[bytes, bytes]]) -> float:
    content = WORDS.encode()
    begun = time.process_time()
    for number in range(count):
        point, secret = parsed[number % BROWSERS]
        encrypted(content, point, secret)
    return count / (time.process_time() - begun)


class Stub(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said: object) -> None: ...


def main() -> None:
    given = [int(word) for word in sys.argv[1:]]
    count, tasks, coded = (*given, *(1_000_000, 3_000, 20_000)[len(given) :])
    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, {count} subscribers, load {os.getloadavg()[0]:.1f}")
    area, near = (
        Place.objects.create(code=code, kind="mohalla", name_en=code, valid_from=clock.now().date(),
                             source="made here", licence="-")
        for code in ("far", "near")
    )  # fmt: skip
    known = browsers()
    sealed = [seal.seal(json.dumps(one)) for one in known]
    parsed = [(base64.b64decode(one["k"]), base64.b64decode(one["a"])) for one in known]
    begun = time.perf_counter()
    people(area, "bench", count, sealed)
    people(near, "push", coded, sealed)
    print(f"made in {time.perf_counter() - begun:.0f} s")
    rates: dict[str, list[float]] = {"walk": [], "queue": [], "send": [], "ceiling": []}
    for number in range(ROUNDS):
        rates["queue"].append(queued(tasks))
        rates["walk"].append(
            walked(Idle("bench"), f"W{number}", area, most=0 if number == 1 else count // 10)
        )
        rates["ceiling"].append(ceiling(coded, parsed))
        rates["send"].append(walked(Push("push"), f"S{number}", near))
    middle = {name: median(found) for name, found in rates.items()}
    for name, found in rates.items():
        print(f"{name:8} {middle[name]:12,.0f} /s  ({min(found):,.0f}-{max(found):,.0f})")
    print(f"bookkeeping / one job each: {middle['walk'] / middle['queue']:.0f} (goal: at least 20)")
    print(
        f"sending / encryption alone: {middle['send'] / middle['ceiling']:.2f} (goal: at least 0.8)"
    )
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Stub) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        rate = walked(Push("push", server.server_address[1]), "N0", near, most=3_000)
        server.shutdown()
    print(
        f"with a POST each to loopback, one connection: {rate:,.0f} /s; load {os.getloadavg()[0]:.1f}"
    )


if __name__ == "__main__":
    main()
