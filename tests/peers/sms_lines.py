"""The adapters of the text message port as a test sees them, and the real worker on a thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from django.utils import timezone
from tests.peers.carrier import Carrier

from mohalla.channels.sms import address, embedded, worker
from mohalla.channels.sms.port import SmsTransport
from mohalla.channels.sms.rules import encoding
from mohalla.channels.sms.smpp.session import Timing
from mohalla.channels.sms.smpp.transport import SmppTransport

PEERS = Path(__file__).parent
QUICK = Timing(answer=2, frame=1, enquire=0.5, first_pause=0.1, longest_pause=0.4)


def wait_until(holds: Callable[[], bool], seconds: float = 10) -> bool:
    """Look again until it holds; False if it never did."""
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.03)
    return held or holds()


class Worker:
    """The real worker on a thread of this process."""

    def __init__(self, transport: SmsTransport) -> None:
        self.transport, self.stop_event = transport, threading.Event()
        self.thread = threading.Thread(
            target=worker.run, args=(self.stop_event,), kwargs={"transport": transport}
        )
        self.thread.start()

    def stop(self) -> float:
        """Seconds that it took."""
        begun = time.monotonic()
        self.stop_event.set()
        self.thread.join(10)
        assert not self.thread.is_alive()
        return time.monotonic() - begun


class Line:
    """One adapter as the contract sees it: phones beyond it, our rows on this side."""

    transport: SmsTransport
    carrier: Carrier | None = None

    def open(self) -> None:
        self.worker = Worker(self.transport)
        if self.carrier is not None:
            self.carrier.await_bound()
            assert wait_until(lambda: self.transport.is_up)

    def close(self) -> float:
        return self.worker.stop()


class Screen(Line):
    """The phone on the screen."""

    def __init__(self) -> None:
        self.transport = embedded.EmbeddedTransport()

    def phone_sends(self, sender: str, text: str, *, times: int = 1) -> None:
        key = uuid4().hex
        for _ in range(times):
            embedded.actions.receive(
                sender=sender, recipient="1787", text=text, carrier_id=key, at=timezone.now()
            )

    def phone_shows(self, number: str) -> list[str]:
        return [b.text for b in embedded.thread(number=number) if b.direction == "in"]


class Smpp(Line):
    """Our SMPP transport against a foreign SMSC."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
        self.transport = self.another()

    def another(self) -> SmppTransport:
        url = f"smpp://user:password@127.0.0.1:{self.carrier.port}/?source=1787&rate=1000"
        return SmppTransport(address.read(url), timing=QUICK)

    def phone_sends(self, sender: str, text: str, *, times: int = 1) -> None:
        encoded = encoding.encode(text)
        for _ in range(times):
            for pdu in pieces(encoded.parts, reference=7):
                esm = 0x40 if len(encoded.parts) > 1 else 0
                status = self.carrier.deliver(
                    sender.lstrip("+"), pdu, coding=encoded.data_coding, esm=esm
                )
                assert status == 0

    def phone_shows(self, number: str) -> list[str]:
        shown: dict[str, dict[int, str]] = {}
        for count, one in enumerate(list(self.carrier.submitted)):
            if one["to"] != number.lstrip("+"):
                continue
            udh = bytes.fromhex(one["udh"])
            key = f"ref{udh[3]}" if udh else f"alone{count}"
            shown.setdefault(key, {})[udh[5] if udh else 1] = one["text"]
        return ["".join(parts[n] for n in sorted(parts)) for parts in shown.values()]


def pieces(parts: tuple[bytes, ...], *, reference: int) -> list[bytes]:
    """User data with headers written here, not by the product."""
    if len(parts) == 1:
        return list(parts)
    return [
        bytes([5, 0, 3, reference, len(parts), number]) + part
        for number, part in enumerate(parts, start=1)
    ]
