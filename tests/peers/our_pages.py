"""Our own pages on a real port, for peers that call us; and a phone beyond an HTTP gateway."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application
from django.db import connections
from tests.peers.carrier import Carrier
from tests.peers.sms_lines import Line, wait_until

from mohalla.channels.sms import address
from mohalla.channels.sms.http.transport import HttpTransport, Timing
from mohalla.channels.sms.rules import encoding

SECRET = "a-long-secret-of-the-gateway"
QUICK = Timing(connect=1, answer=2, first_pause=0.1, longest_pause=0.3)


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Quiet."""


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Pages:
    """The application, served until `close`."""

    def __init__(self) -> None:
        application = get_wsgi_application()

        def closing(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
            try:
                return list(application(environ, start))
            finally:
                connections.close_all()

        self._server = make_server("127.0.0.1", 0, closing, _Server, _Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Gateway(Carrier):
    """The stub in its own process; what it was asked is kept."""

    def __init__(self, command: list[str]) -> None:
        self.asked: list[dict[str, Any]] = []
        self.receipts: list[int] = []
        super().__init__(command)

    def hear(self, event: dict[str, Any]) -> None:
        if "asked" in event:
            self.asked.append(event["asked"])
        elif "receipt" in event:
            self.receipts.append(event["receipt"])


class Kannel(Line):
    """Our HTTP transport against a gateway that speaks Kannel; `pages` is where it calls us."""

    def __init__(self, carrier: Gateway, pages: Pages, settings: Any) -> None:
        self.gateway, self.pages = carrier, pages
        self._ids = itertools.count(1)
        settings.SMS_URL = (
            f"http://user:pass%20word%2F%26@127.0.0.1:{carrier.port}/?kind=kannel&source=1787"
            f"&rate=1000&secret={SECRET}&callback={pages.url}"
        )
        self.address = address.read(settings.SMS_URL)
        self.transport = HttpTransport(self.address, timing=QUICK)

    def brings(
        self,
        sender: str,
        hexed: str,
        coding: int,
        *,
        udh: str = "",
        key: str = "",
        secret: str = SECRET,
    ) -> int:
        """One text from a phone through the gateway's get-url; the status of our answer."""
        url = (
            f"{self.pages.url}/sms/gateway/in?secret={secret}"
            "&from=%p&to=%P&text=%b&coding=%c&udh=%u&id=%I"
        )
        it = {
            "from": sender, "to": "1787", "hex": hexed, "coding": coding, "udh": udh, "url": url,
            "id": key or f"k{next(self._ids)}",
        }  # fmt: skip
        return self.gateway.await_answer(self.gateway.order(it))

    def phone_sends(self, sender: str, text: str, *, times: int = 1) -> None:
        """As bearerbox does: long texts come joined; 7-bit text as UTF-8, the rest as UTF-16."""
        is_gsm = encoding.encode(text).data_coding == encoding.GSM
        payload = text.encode() if is_gsm else text.encode("utf-16-be")
        key = f"k{next(self._ids)}"
        for _ in range(times):
            assert self.brings(sender, payload.hex(), 0 if is_gsm else 8, key=key) == 200

    def phone_shows(self, number: str) -> list[str]:
        return [one["text"] for one in list(self.gateway.submitted) if one["to"] == number]

    def open(self) -> None:
        super().open()
        assert wait_until(lambda: self.transport.is_up)

    def open_again(self) -> None:
        """After a close: another transport to the same gateway."""
        self.gateway.mode(receipts="after")
        self.transport = HttpTransport(self.address, timing=QUICK)
        self.open()
