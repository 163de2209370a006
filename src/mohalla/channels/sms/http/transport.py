"""The way out: one request a text, to the one configured address and nowhere else."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

import httpx
import uuid_utils.compat as uuid

from mohalla.channels.sms.address import SmsAddress
from mohalla.channels.sms.http.gateways import Gateway, table
from mohalla.channels.sms.http.proof import receipt_proof
from mohalla.channels.sms.port import (
    Accepted,
    Inlet,
    Limits,
    Outgoing,
    Refused,
    Unavailable,
)
from mohalla.channels.sms.rules import encoding
from mohalla.channels.sms.rules.numbers import Kind, kind_of

_log = logging.getLogger(__name__)
_PARTS: Final = 10
_AT_ONCE: Final = 4
_MOST_ANSWER: Final = 64 * 1024
_LOOK: Final = 0.1


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. answer: for one request as a whole, whatever trickles in meanwhile."""

    connect: float = 5
    answer: float = 20
    first_pause: float = 1
    longest_pause: float = 60


class HttpTransport:
    """Sends by HTTP. Texts and receipts come in by our own webhook (`views.py`), not from here."""

    def __init__(self, address: SmsAddress, *, timing: Timing | None = None) -> None:
        self._address, self._timing = address, timing or Timing()
        self._gateway: Gateway = table()[address.kind]
        self.limits = Limits(
            parts=_PARTS,
            media=False,
            at_once=_AT_ONCE,
            rate=address.rate,
            reports_delivery=bool(address.callback),
        )
        # The address is fixed here: no redirect, no proxy or .netrc of the surroundings.
        self._client = httpx.Client(
            timeout=httpx.Timeout(self._timing.answer, connect=self._timing.connect),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "mohalla", "Accept-Encoding": "identity"},
        )
        self._pool = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="sms-http")
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._next_turn = self._down_until = 0.0
        self._failures = 0

    @property
    def is_up(self) -> bool:
        """True, but for growing pauses after failures: so no try is wasted on a dead gateway."""
        return not self._stopped.is_set() and time.monotonic() >= self._down_until

    def start(self, inlet: Inlet, /) -> None:
        """Nothing to keep open: the gateway calls our webhook."""

    def send(self, outgoing: Outgoing, /) -> Accepted:
        """Raises Refused, or Unavailable: also where nobody knows whether it went."""
        parts = len(encoding.encode(outgoing.text).parts)
        self._check(outgoing, parts)
        carrier_id = outgoing.key or uuid.uuid7().hex
        request = self._request(outgoing, carrier_id)
        self._turn(parts)
        try:
            accepted_as = self._within(self._pool.submit(self._post, request)) or carrier_id
        except Unavailable:
            self._failed()
            raise
        except RuntimeError:
            raise Unavailable("the transport is being closed") from None
        self._failures = 0
        return Accepted((accepted_as[:80],), parts=parts)

    def stop(self) -> None:
        """Sends under way end as not sent."""
        self._stopped.set()
        self._pool.shutdown(wait=False, cancel_futures=True)
        with contextlib.suppress(Exception):  # another thread may be reading
            self._client.close()

    def _check(self, outgoing: Outgoing, parts: int) -> None:
        if not outgoing.text:
            raise Refused("an empty text")
        if kind_of(outgoing.to, ours=self._address.source) != Kind.NUMBER:
            raise Refused("not a number that a gateway can reach")
        if parts > self.limits.parts:
            raise Refused(f"{parts} parts; at most {self.limits.parts} can be sent")

    def _request(self, outgoing: Outgoing, carrier_id: str) -> httpx.Request:
        gateway, address = self._gateway, self._address
        is_gsm = encoding.encode(outgoing.text).data_coding == encoding.GSM
        given = gateway.parameters(
            user=address.user,
            password=address.password,
            source=address.source,
            to=outgoing.to,
            text=outgoing.text.encode("utf-16-be", "surrogatepass").decode("utf-16-be", "replace"),
            coding="0" if is_gsm else "2",
            id=carrier_id,
            receipt_url=self._receipt_url(carrier_id) if outgoing.receipt else "",
        )
        headers: dict[str, str] = {}
        auth: httpx.Auth | None = None
        if gateway.login == "bearer":
            headers["Authorization"] = f"Bearer {address.password}"
        elif gateway.login == "basic":
            auth = httpx.BasicAuth(address.user, address.password)
        url = f"{address.base}{address.path or gateway.path}"
        if gateway.method == "GET":
            request = self._client.build_request(
                "GET", f"{url}?{urlencode(given, quote_via=quote)}", headers=headers
            )
        else:
            request = self._client.build_request("POST", url, json=given, headers=headers)
        return next(auth.sync_auth_flow(request)) if auth else request

    def _receipt_url(self, carrier_id: str) -> str:
        if not self._address.callback:
            return ""
        proof = receipt_proof(self._address.secret, carrier_id)
        query = f"id={carrier_id}&proof={proof}"
        if self._gateway.receipt_query:
            query += f"&{self._gateway.receipt_query}"
        return f"{self._address.callback}/sms/gateway/receipt?{query}"

    def _post(self, request: httpx.Request) -> str:
        """The gateway's id for the message, empty if it gives none."""
        try:
            answer = self._client.send(request, stream=True)
        except httpx.HTTPError as error:
            # the kind alone: the words of an error quote the address with its password
            raise Unavailable(f"the gateway: {type(error).__name__}") from None
        with contextlib.closing(answer):
            try:
                body = b""
                for chunk in answer.iter_raw():
                    body += chunk
                    if len(body) > _MOST_ANSWER:
                        raise Unavailable("the gateway's answer has no end")
            except httpx.HTTPError as error:
                raise Unavailable(f"the gateway: {type(error).__name__}") from None
        return self._read(answer, body)

    def _read(self, answer: httpx.Response, body: bytes) -> str:
        gateway, status = self._gateway, answer.status_code
        said = "".join(c for c in body[:80].decode("utf-8", "replace") if c.isprintable())
        if status in gateway.refused:
            raise Refused(f"the gateway: {status} {said}")
        if status not in gateway.accepted:
            raise Unavailable(f"the gateway: {status} {said}")
        if gateway.accepted_texts and not said.strip().startswith(gateway.accepted_texts):
            raise Unavailable(f"the gateway did not say that it took it: {said}")
        if not gateway.id_from:
            return ""
        try:
            found: Any = httpx.Response(200, content=body).json()
            return str(found[gateway.id_from]) if found.get(gateway.id_from) else ""
        except (ValueError, AttributeError):
            return ""  # it took it, and our own id has to do

    def _within(self, work: Future[str]) -> str:
        """The result, in time; a stop ends the waiting."""
        end = time.monotonic() + self._timing.answer
        while not self._stopped.is_set() and time.monotonic() < end:
            try:
                return work.result(_LOOK)
            except NotYet:
                if work.done():
                    raise Unavailable("the gateway did not answer in time") from None
        work.cancel()
        raise Unavailable("the gateway did not answer in time")

    def _turn(self, parts: int) -> None:
        """The rate: `parts` a second, in the order of asking."""
        if not self._address.rate:
            return
        with self._lock:
            mine = max(time.monotonic(), self._next_turn)
            self._next_turn = mine + parts / self._address.rate
        self._stopped.wait(max(0.0, mine - time.monotonic()))

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            pause = self._timing.first_pause * 2.0 ** min(self._failures - 1, 10)
            self._down_until = time.monotonic() + min(pause, self._timing.longest_pause)
