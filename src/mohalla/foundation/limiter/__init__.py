"""Flood limits per network prefix, in the memory of each process.

Moving windows, so nobody can save up. A prefix is a /24 (IPv4) or /56 (IPv6): many people share
one behind a mobile carrier, so the budgets are wide, and the address itself is kept nowhere.
Loopback is exempt in the demonstration.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

BUDGETS: dict[str, RateLimitItem] = {
    "report": parse("120/minute"),
    "receipt": parse("60/minute"),  # guessing 10^20 receipts at this rate takes longer than time
    "claim": parse("30/minute"),
    "sign_in": parse("20/minute"),
}
_limiter = MovingWindowRateLimiter(MemoryStorage())


def wait(request: HttpRequest, *, what: str) -> int:
    """Count one request; 0 where it may go on, else the seconds until it may."""
    address = _address(request.META)
    if settings.DEMO and address.is_loopback:
        return 0
    item, prefix = BUDGETS[what], _prefix(address)
    if _limiter.hit(item, what, prefix):
        return 0
    reset = _limiter.get_window_stats(item, what, prefix).reset_time
    return max(1, int(reset - time.time()) + 1)


def network(environ: Mapping[str, Any]) -> str:
    """The prefix that a request comes from, for other budgets than these."""
    return _prefix(_address(environ))


def forget() -> None:
    """Empty all budgets (tests)."""
    _limiter.storage.reset()


def _address(environ: Mapping[str, Any]) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The client, or what the outermost of our own proxies saw as the client."""
    proxies = settings.TRUSTED_PROXIES
    seen = environ.get("REMOTE_ADDR", "127.0.0.1")
    if proxies:
        chain = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(chain) >= proxies and chain[-proxies]:
            seen = chain[-proxies]
    try:
        return ipaddress.ip_address(seen)
    except ValueError:
        return ipaddress.ip_address("192.0.2.1")  # unreadable: all of them share one budget


def _prefix(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    bits = 24 if address.version == 4 else 56
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
