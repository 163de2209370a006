"""Kannel itself (Debian's package) between us and a foreign SMSC: nothing of it is written here.

phone <-> smpp34 (SMSC) <-> bearerbox and smsbox (Kannel) <-> our pages and our HTTP transport
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from tests.peers.carrier import Carrier, free_port
from tests.peers.our_pages import SECRET, Kannel, Pages
from tests.peers.sms_lines import Smpp, wait_until

from mohalla.channels.sms.models import Inbound

_PATH = "/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin"
_CONF = """
group = core
admin-port = {admin}
admin-password = a
smsbox-port = {box}
box-allow-ip = 127.0.0.1

group = smsc
smsc = smpp
smsc-id = CARRIER
host = 127.0.0.1
port = {smsc}
transceiver-mode = true
smsc-username = user
smsc-password = password
system-type = ""
my-number = 1787

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}
global-sender = 1787

group = sendsms-user
username = user
password = "pass word/&"
max-messages = 10
concatenation = true

group = sms-service
keyword = default
catch-all = true
get-url = "{pages}/sms/gateway/in?secret={secret}&from=%p&to=%P&text=%b&coding=%c&udh=%u&id=%I"
max-messages = 0
omit-empty = true
"""


def is_here() -> bool:
    return all(shutil.which(name, path=_PATH) for name in ("bearerbox", "smsbox"))


class Daemons:
    """bearerbox and smsbox on free ports, bound to the SMSC."""

    def __init__(self, smsc: Carrier, pages: Pages, home: Path) -> None:
        self.smsc, self.port = smsc, free_port()
        box, conf = free_port(), home / "kannel.conf"
        conf.write_text(
            _CONF.format(
                admin=free_port(), box=box, smsc=smsc.port, send=self.port, pages=pages.url,
                secret=SECRET,
            )
        )  # fmt: skip
        self._started = [
            _start(name, conf, port) for name, port in (("bearerbox", box), ("smsbox", self.port))
        ]
        smsc.await_bound()

    def kill(self) -> None:
        for daemon in reversed(self._started):
            daemon.kill()
            daemon.wait(5)
        self.smsc.kill()


class RealKannel(Kannel):
    """Our HTTP transport against Kannel."""

    def __init__(self, daemons: Daemons, pages: Pages, settings: Any) -> None:
        super().__init__(daemons, pages, settings)  # type: ignore[arg-type]
        self.beyond = Smpp(daemons.smsc)  # the phones' side only; its own transport never starts

    def phone_sends(self, sender: str, text: str, *, times: int = 1) -> None:
        before = sum(Inbound.objects.values_list("copies", flat=True))
        self.beyond.phone_sends(sender, text, times=times)
        assert wait_until(
            lambda: sum(Inbound.objects.values_list("copies", flat=True)) == before + times
        )

    def phone_shows(self, number: str) -> list[str]:
        return self.beyond.phone_shows(number)


def _start(name: str, conf: Path, port: int) -> subprocess.Popen[bytes]:
    program = shutil.which(name, path=_PATH)
    assert program
    daemon = subprocess.Popen(
        [program, str(conf)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=conf.parent
    )
    end = time.monotonic() + 15
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return daemon
        except OSError:
            assert time.monotonic() < end, f"{name} does not listen on {port}"
            time.sleep(0.05)
