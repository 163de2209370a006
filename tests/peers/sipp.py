"""sipp, the foreign caller (Debian's sip-tester): scenarios from steps, its keys and voice from pcap.

It cannot listen; where the line sends its sound is our own socket (`Receiver`), named in the offer.
"""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import threading
from pathlib import Path

SOUNDS = Path("/usr/share/sip-tester")
VOICE = SOUNDS / "g711a.pcap"
_NAMES = {"*": "star", "#": "pound"}


def missing() -> str:
    """Why it cannot call; empty where it can."""
    if shutil.which("sipp") is None or not VOICE.exists():
        return "sipp is not here (apt-get install sip-tester)"
    return "" if os.geteuid() == 0 else "sipp sends its sound from raw sockets: only as root"


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Receiver:
    """Where the sound of one call arrives: the A-law bytes in the order of their packets."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.settimeout(0.2)
        self.port = int(self.socket.getsockname()[1])
        self.packets: dict[int, bytes] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        turns, last = 0, 0
        while not self._stop.is_set():
            try:
                packet = self.socket.recv(2048)
            except TimeoutError:
                continue
            if len(packet) > 12 and packet[1] & 0x7F == 8:
                (number,) = struct.unpack("!H", packet[2:4])
                turns += 65536 if last - number > 32768 else 0
                last = number
                self.packets[number + turns] = packet[12:]

    @property
    def heard(self) -> bytes:
        return b"".join(sound for _number, sound in sorted(self.packets.items()))

    def close(self) -> bytes:
        self._stop.set()
        self._thread.join(2)
        self.socket.close()
        return self.heard


def payloads(path: Path) -> bytes:
    """What a pcap of RTP holds."""
    content, at, found = path.read_bytes(), 24, []
    while at < len(content):
        (size,) = struct.unpack("<I", content[at + 8 : at + 12])
        frame = content[at + 16 : at + 16 + size]
        found.append(frame[14 + 20 + 8 + 12 :])
        at += 16 + size
    return b"".join(found)


def step(words: str) -> str:
    """`key 1` | `speak` | `wait 800` (milliseconds)."""
    what, _space, more = words.partition(" ")
    if what == "wait":
        return f'<pause milliseconds="{more}"/>'
    file = VOICE if what == "speak" else SOUNDS / f"dtmf_2833_{_NAMES.get(more, more)}.pcap"
    return f'<nop><action><exec play_pcap_audio="{file}"/></action></nop>'


def call(
    port: int, steps: list[str], folder: Path, *, ending: str = "bye", number: str = "+923001110001",
    media: int | None = None, calls: int = 1, rate: int = 10, seconds: float = 60, called: str = "1787",
) -> subprocess.CompletedProcess[bytes]:  # fmt: skip
    """`ending`: bye | cancel (before it is taken) | vanish (no word at all)."""
    scenario = folder / f"scenario-{free_port()}.xml"
    scenario.write_text(_scenario(steps, ending, number, media))
    return subprocess.run(
        ["sipp", f"127.0.0.1:{port}", "-s", called, "-sf", str(scenario), "-m", str(calls), "-l",
         str(calls), "-r", str(rate), "-i", "127.0.0.1", "-p", str(free_port()), "-mp",
         str(20000 + os.getpid() % 20 * 1000), "-timeout", f"{seconds:.0f}s", "-timeout_error",
         "-trace_err", "-nostdin"],
        cwd=folder, capture_output=True, timeout=seconds + 10, check=False,
    )  # fmt: skip


def _scenario(steps: list[str], ending: str, number: str, media: int | None) -> str:
    offer = _OFFER.replace("MEDIA", str(media) if media else "[media_port]")
    parts = [_send("INVITE", number, body=offer)]
    if ending == "cancel":
        parts += ['<recv response="100" optional="true"/><recv response="180"/>', *map(step, steps),
                  _send("CANCEL", number), '<recv response="200"/><recv response="487"/>',
                  _send("ACK", number)]  # fmt: skip
    else:
        parts += [
            '<recv response="100" optional="true"/><recv response="180" optional="true"/>'
            '<recv response="183" optional="true"/><recv response="200" rrs="true"/>',
            _send("ACK", number, tag=True),
            # the line asks for the same session once more as soon as it stands
            '<recv request="INVITE"/>', _SAME.replace("OFFER", offer), '<recv request="ACK"/>',
            *map(step, steps),
        ]  # fmt: skip
        if ending == "bye":
            parts += [_send("BYE", number, tag=True), '<recv response="200"/>']
    return f'<?xml version="1.0" encoding="us-ascii"?><scenario name="call">{"".join(parts)}</scenario>'


_OFFER = """v=0
o=u 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio MEDIA RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
"""
_SAME = """<send><![CDATA[
SIP/2.0 200 OK
[last_Via:]
[last_From:]
[last_To:]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:sipp@[local_ip]:[local_port]>
Content-Type: application/sdp
Content-Length: [len]

OFFER]]></send>"""


def _send(method: str, number: str, *, body: str = "", tag: bool = False) -> str:
    order = {"INVITE": 1, "CANCEL": 1, "ACK": 1, "BYE": 2}[method]
    to = "[peer_tag_param]" if tag else ""
    kind = "Content-Type: application/sdp\n" if body else ""
    branch = "z9hG4bK-[pid]-[call_number]" if method != "BYE" and not tag else "[branch]"
    return f"""<send{' retrans="500"' if method in ("INVITE", "BYE") else ""}><![CDATA[
{method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/UDP [local_ip]:[local_port];branch={branch}
From: <sip:{number}@[local_ip]:[local_port]>;tag=[pid]t[call_number]
To: <sip:[service]@[remote_ip]:[remote_port]>{to}
Call-ID: [call_id]
CSeq: {order} {method}
Contact: <sip:sipp@[local_ip]:[local_port]>
Max-Forwards: 70
{kind}Content-Length: [len]

{body}]]></send>"""
