"""A gateway that speaks Kannel's sendsms, dlr-url and get-url, as a child process of its own.

After the user guide of Kannel 1.4: parameters by GET, `202` with `0: Accepted for delivery`, a
`dlr-url` whose escapes are filled in and fetched, and a `get-url` for what phones send. Driven by
lines of JSON like the SMSCs; nothing here is imported from the product.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, quote_from_bytes, urlsplit
from urllib.request import urlopen

MODE: dict[str, Any] = {}
LOCK = threading.Lock()
COUNT = [0]


def tell(**event: Any) -> None:
    with LOCK:
        print(json.dumps(event), flush=True)


def fetch(url: str) -> int:
    try:
        with urlopen(url, timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code
    except OSError:
        return -1


class SendSms(BaseHTTPRequestHandler):
    """smsbox: /cgi-bin/sendsms."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def answer(self, status: int, text: str, **headers: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        given = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
        tell(asked={"path": parts.path, "given": given})
        if parts.path != "/cgi-bin/sendsms":
            return self.answer(404, "Unknown request.")
        if (given.get("username"), given.get("password")) != ("user", "pass word/&"):
            return self.answer(403, "Authorization failed for sendsms")
        if MODE.get("silent"):
            time.sleep(MODE["silent"])
            return None
        if MODE.get("redirect"):
            return self.answer(302, "", Location=MODE["redirect"])
        if MODE.get("endless"):
            return self.endless()
        if MODE.get("status"):
            return self.answer(
                MODE["status"], MODE.get("words", "Temporal failure, try again later.")
            )
        if not given.get("to") or "text" not in given:
            return self.answer(400, "Missing receiver number, rejected")
        if MODE.get("receipts") == "before":
            self.receipts(given)
        self.answer(202, MODE.get("words", "0: Accepted for delivery"))
        tell(submitted={"to": given["to"], "from": given.get("from"), "text": given["text"]})
        if MODE.get("receipts") == "after":
            threading.Thread(target=self.receipts, args=(given,), daemon=True).start()
        return None

    def endless(self) -> None:
        self.send_response(202)
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"0: Accepted for delivery" * 1000)
        except OSError:
            self.close_connection = True

    def receipts(self, given: dict[str, str]) -> None:
        if not int(given.get("dlr-mask", "0")) & MODE.get("type", 1) or "dlr-url" not in given:
            return
        detail = quote("id:77 stat:DELIVRD err:000")
        url = given["dlr-url"].replace("%d", str(MODE.get("type", 1))).replace("%A", detail)
        for _ in range(MODE.get("times", 1)):
            tell(receipt=fetch(url))

    def do_POST(self) -> None:
        """The plain JSON gateway: /messages, a bearer token, its own ids."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        tell(asked={"path": self.path, "given": body})
        if self.headers["Authorization"] != "Bearer pass word/&":
            return self.answer(401, "{}")
        if not body["to"].startswith("+"):
            return self.answer(422, '{"error": "to"}')
        COUNT[0] += 1
        self.answer(201, json.dumps({"id": f"json-{COUNT[0]}"}))
        tell(submitted={"to": body["to"], "from": body["from"], "text": body["text"]})
        return None


def deliver(number: int, it: dict[str, Any]) -> None:
    """sms-service with a get-url, escapes %p %P %b %c %u %I filled in."""
    fields = {
        "%p": quote(it["from"]),
        "%P": quote(it["to"]),
        "%b": quote_from_bytes(bytes.fromhex(it["hex"])),
        "%c": "2" if it["coding"] == 8 else "0",
        "%u": quote_from_bytes(bytes.fromhex(it.get("udh", ""))),
        "%I": it["id"],
    }
    url = it["url"]
    for escape, value in fields.items():
        url = url.replace(escape, value)
    tell(delivered=number, status=fetch(url))


def main(port: int) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", port), SendSms)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tell(listening=port)
    for line in sys.stdin:
        order = json.loads(line)
        if "mode" in order:
            MODE.clear()
            MODE.update(order["mode"])
            tell(mode=True)
        elif "deliver" in order:
            threading.Thread(
                target=deliver, args=(order["n"], order["deliver"]), daemon=True
            ).start()


if __name__ == "__main__":
    main(int(sys.argv[1]))
