"""Web Push (RFC 8030, 8291, 8292): encrypted to the browser, through its maker's service."""

from __future__ import annotations

import json
import socket
import time
from typing import Final
from urllib.parse import urlsplit

import httpx
from pywebpush import WebPusher, WebPushException

from mohalla.channels.push import address, setting, vapid
from mohalla.channels.push.port import Address, Gone, Outgoing, Refused, Unavailable

_ANSWER: Final = 15.0
_CONNECT: Final = 5.0
_SIGNED_FOR: Final = 3600  # seconds; a service takes at most a day
_GONE: Final = {404, 410}
_LATER: Final = {408, 425, 429}
_LONGEST_WAIT: Final = 3600


class WebTransport:
    """One request a notice: no redirect, no proxy or .netrc of the surroundings, nothing read back."""

    def __init__(self) -> None:
        self._client = httpx.Client(
            timeout=httpx.Timeout(_ANSWER, connect=_CONNECT),
            follow_redirects=False,
            trust_env=False,
            headers={"User-Agent": "mohalla", "Accept-Encoding": "identity"},
        )

    def send(self, outgoing: Outgoing, /) -> None:
        """Raises Gone, Refused, or Unavailable: also where nobody knows whether it went."""
        endpoint = outgoing.to.endpoint
        self._check(endpoint)
        body = _sealed(outgoing.to, json.dumps({"text": outgoing.text}).encode())
        headers = {
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(outgoing.seconds),
            "Urgency": "normal",
            "Topic": "news",  # a phone that was off gets one notice, not ten
            "Authorization": _signed(endpoint),
        }
        try:
            with self._client.stream("POST", endpoint, content=body, headers=headers) as answer:
                status, after = answer.status_code, answer.headers.get("Retry-After", "")
        except (httpx.HTTPError, RuntimeError) as error:
            raise Unavailable(f"no answer: {type(error).__name__}") from None
        _judge(status, after)

    def stop(self) -> None:
        self._client.close()

    def _check(self, endpoint: str) -> None:
        """Once more at each try: the list may have changed, and a name may point elsewhere now."""
        try:
            host = address.check(endpoint, hosts=setting.hosts(), loopback=setting.loopback())
            if host != "127.0.0.1" and not address.all_public(host):
                raise Refused("its name points into a private network")
        except address.BadAddress as bad:
            raise Refused(str(bad)) from None
        except (socket.gaierror, UnicodeError):
            raise Unavailable("its name is not known just now") from None


def _judge(status: int, after: str) -> None:
    if status in _GONE:
        raise Gone(f"the browser gave it up ({status})")
    if status in _LATER or status >= 500:
        wait = min(int(after), _LONGEST_WAIT) if after.isdecimal() else 0
        raise Unavailable(f"the service answered {status}", wait=wait)
    if not 200 <= status < 300:
        raise Refused(f"the service answered {status}")


def _sealed(to: Address, text: bytes) -> bytes:
    told = {"endpoint": to.endpoint, "keys": {"p256dh": to.p256dh, "auth": to.auth}}
    try:
        return bytes(WebPusher(told).encode(text, "aes128gcm")["body"])
    except (WebPushException, ValueError) as error:
        raise Gone(f"its key is none: {type(error).__name__}") from None


def _signed(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + _SIGNED_FOR,
        "sub": setting.contact(),
    }
    return str(vapid.ours().sign(claims)["Authorization"])
