"""A carrier that sends anything at all: the service survives, and nothing disappears."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from tests.peers.sms_lines import QUICK, Worker, wait_until

from mohalla.channels.sms import address
from mohalla.channels.sms.models import DeliveryReceipt, Inbound, Unreadable
from mohalla.channels.sms.smpp.transport import SmppTransport

pytestmark = [pytest.mark.network, pytest.mark.django_db(transaction=True)]


class Wire:
    """A socket that takes the bind and then says whatever a test wants."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.binds = 0
        self.heard: list[tuple[int, int, int]] = []
        self.link: socket.socket
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                link, _ = self.listener.accept()
                threading.Thread(target=self._talk, args=(link,), daemon=True).start()

    def _talk(self, link: socket.socket) -> None:
        with suppress(OSError):
            while len(header := link.recv(16, socket.MSG_WAITALL)) == 16:
                size, command, status, sequence = struct.unpack("!IIII", header)
                link.recv(size - 16, socket.MSG_WAITALL) if size > 16 else b""
                if command == 9:
                    link.sendall(pdu(0x80000009, b"SMSC\0", sequence))
                    self.link, self.binds = link, self.binds + 1
                elif command in (0x15, 0x06):
                    link.sendall(pdu(command | 0x80000000, b"", sequence))
                else:
                    self.heard.append((command, status, sequence))

    def answer_to(self, sequence: int, seconds: float = 5) -> tuple[int, int] | None:
        wait_until(lambda: any(one[2] == sequence for one in self.heard), seconds)
        found = [(one[0], one[1]) for one in self.heard if one[2] == sequence]
        return found[0] if found else None


def pdu(command: int, body: bytes, sequence: int, status: int = 0) -> bytes:
    return struct.pack("!IIII", 16 + len(body), command, status, sequence) + body


def deliver(text: bytes, *, coding: int = 8, esm: int = 0, tail: bytes = b"") -> bytes:
    return (
        b"\0\1\1"
        + b"923001234567\0"
        + b"\0\0"
        + b"1787\0"
        + bytes([esm, 0, 0, 0, 0, 0, 0])
        + bytes([coding, 0, len(text)])
        + text
        + tail
    )


@pytest.fixture
def wire(transactional_db: None) -> Iterator[Wire]:
    opened = Wire()
    transport = SmppTransport(
        address.read(f"smpp://user:password@127.0.0.1:{opened.port}/"), timing=QUICK
    )
    worker = Worker(transport)
    assert wait_until(lambda: opened.binds == 1)
    yield opened
    assert worker.stop() < 5
    opened.listener.close()


def still_works(wire: Wire) -> bool:
    marker = struct.pack("!I", random.getrandbits(32)) * 2
    wire.link.sendall(pdu(5, deliver(marker), 0x7000_0001))
    ok = wire.answer_to(0x7000_0001, 15) == (0x80000005, 0)
    wire.heard.clear()
    return ok and Inbound.objects.filter(raw=marker).count() == 1


BODY = deliver("مدد".encode("utf-16-be"))


def test_a_deliver_cut_off_anywhere_is_kept_and_the_link_lives(wire: Wire) -> None:
    for cut in range(len(BODY)):
        wire.link.sendall(pdu(5, BODY[:cut], 100 + cut))
        assert wire.answer_to(100 + cut) == (0x80000000, 2), cut
    kept = {bytes(one.pdu) for one in Unreadable.objects.all()}
    assert kept == {pdu(5, BODY[:cut], 100 + cut) for cut in range(len(BODY))}
    assert still_works(wire)
    assert wire.binds == 1


@pytest.mark.parametrize(
    "strange",
    [
        pytest.param(pdu(5, deliver(b"")[:-1] + b"\xff", 77), id="sm_length 255, nothing there"),
        pytest.param(pdu(0x103, b"x" * 40, 77), id="data_sm"),
        pytest.param(pdu(0x4242, b"", 77), id="unknown command"),
        pytest.param(pdu(4, BODY, 77), id="submit_sm to us"),
        pytest.param(pdu(5, b"\0\0\0" + b"9" * 60000, 77), id="endless address"),
        pytest.param(pdu(5, deliver(b"", tail=b"\x04\x24\xff\xff12"), 77), id="cut payload"),
    ],
)
def test_what_is_not_a_message_gets_a_generic_nack(wire: Wire, strange: bytes) -> None:
    wire.link.sendall(strange)
    answer = wire.answer_to(77)
    assert answer is not None
    assert answer[0] == 0x80000000
    assert bytes(Unreadable.objects.get().pdu) == strange
    assert still_works(wire)
    assert wire.binds == 1


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(deliver("مدد".encode("utf-16-be") + b"\6"), "مدد\ufffd", id="odd UCS-2"),
        pytest.param(deliver(b"madad", coding=255), "madad", id="data_coding 255"),
        pytest.param(deliver(b"madad", coding=0, tail=b"\x02"), "madad", id="bad parameter"),
        pytest.param(deliver(b"\xffmad", coding=0, esm=0x40), "ÿmad", id="lying header"),
        pytest.param(deliver(b"\5\0\3\7\2\x09hi", coding=0, esm=0x40), "hi", id="part 9 of 2"),
        pytest.param(deliver(b"", coding=0), "", id="empty"),
        pytest.param(
            deliver(b"", tail=b"\x04\x24\x00\x06" + "مدد".encode("utf-16-be")), "مدد", id="payload"
        ),
        pytest.param(deliver(b"a\0b", coding=0), "a@b", id="NUL in GSM"),
        pytest.param(deliver(b"\0\0\0a", coding=8), "\ufffda", id="NUL in UCS-2"),
    ],
)
def test_a_strange_message_is_still_a_message(wire: Wire, body: bytes, text: str) -> None:
    wire.link.sendall(pdu(5, body, 77))
    assert wire.answer_to(77) == (0x80000005, 0)
    assert Inbound.objects.get().text == text
    assert bytes(Inbound.objects.get().pdu or b"") == pdu(5, body, 77)


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(struct.pack("!I", 0), id="length 0"),
        pytest.param(struct.pack("!I", 15) + b"x" * 11, id="length 15"),
        pytest.param(struct.pack("!I", 0xFFFFFFFF), id="length 2**32-1"),
        pytest.param(struct.pack("!I", 65537) + b"x" * 100, id="length 65537"),
        pytest.param(b"HTTP/1.1 400 Bad Request\r\n\r\n", id="another protocol"),
        pytest.param(b"\0\0", id="two bytes and silence"),
        pytest.param(pdu(5, BODY, 77)[:30], id="half a PDU and silence"),
    ],
)
def test_a_stream_that_cannot_be_followed_is_kept_and_bound_again(
    wire: Wire, stream: bytes
) -> None:
    wire.link.sendall(stream)
    assert wait_until(lambda: wire.binds == 2, 6)
    kept = bytes(Unreadable.objects.get().pdu)  # with what came after it, until it was given up
    assert kept.startswith(stream) or stream.startswith(kept)
    assert wire.heard[0][0] == 0x80000000
    assert still_works(wire)


def test_one_byte_at_a_time_does_not_outlive_the_deadline(wire: Wire) -> None:
    begun, link = time.monotonic(), wire.link
    with suppress(OSError):
        for byte in pdu(5, deliver(b"ab" * 60), 77):
            link.sendall(bytes([byte]))
            time.sleep(0.05)
            if wire.binds == 2:
                break
    assert wait_until(lambda: wire.binds == 2, 3)
    assert time.monotonic() - begun < 3
    assert not Inbound.objects.exists()


def test_silence_is_noticed(transactional_db: None) -> None:
    """The peer takes the bind and never says anything again: bound anew within seconds."""
    listener = socket.create_server(("127.0.0.1", 0))
    links: list[socket.socket] = []

    def serve() -> None:
        with suppress(OSError):
            while True:
                link, _ = listener.accept()
                header = link.recv(4096)
                link.sendall(pdu(0x80000009, b"SMSC\0", struct.unpack_from("!I", header, 12)[0]))
                links.append(link)

    threading.Thread(target=serve, daemon=True).start()
    worker = Worker(
        SmppTransport(
            address.read(f"smpp://u:p@127.0.0.1:{listener.getsockname()[1]}/"), timing=QUICK
        )
    )
    try:
        assert wait_until(lambda: len(links) >= 2, 9)
    finally:
        assert worker.stop() < 5
        listener.close()


def test_random_bodies_under_every_command(wire: Wire) -> None:
    seed = random.randrange(2**32)
    print("seed", seed)
    draw = random.Random(seed)
    commands = [5, 5, 5, 5, 0x103, 0x80000004, 0x80000000, 0x102, 7, draw.getrandbits(31)]
    for number in range(150):
        body = bytearray(deliver(draw.randbytes(draw.randrange(60)), esm=draw.randrange(256)))
        for _ in range(draw.randrange(6)):
            body[draw.randrange(len(body))] = draw.randrange(256)
        command = draw.choice([it for it in commands if it not in (6, 9, 0x15)])
        wire.link.sendall(pdu(command, bytes(body), 1000 + number, draw.randrange(300)))
    assert still_works(wire), seed
    assert wire.binds == 1, seed


def test_a_receipt_without_any_sense_is_kept(wire: Wire) -> None:
    wire.link.sendall(pdu(5, deliver(b"stat:??? id", coding=0, esm=4), 77))
    assert wire.answer_to(77) == (0x80000005, 0)
    assert DeliveryReceipt.objects.get().fate == "pending"


def test_answers_that_nobody_asked_for_change_nothing(wire: Wire) -> None:
    wire.link.sendall(pdu(0x80000004, b"id\0", 999) + pdu(0x80000000, b"", 0, 3))
    assert still_works(wire)
