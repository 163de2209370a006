"""Flood limits per network prefix, in the memory of each process.

Moving windows, so nobody can save up. A prefix is a /24 (IPv4) or /56 (IPv6): many people share
one behind a mobile carrier, so the budgets are wide, and the address itself is kept nowhere.
Loopback is exempt in the demonstration.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

BUDGETS: dict[str, list[RateLimitItem]] = {
    "report": parse_many("120/minute"),
    # danger: wider than any crowd behind one carrier, and refused with the number to call
    "help": parse_many("600/minute"),
    # guessing 10^20 receipts at this rate takes longer than time
    "receipt": parse_many("60/minute"),
    "claim": parse_many("30/minute"),
    # each may cost a text to a number that somebody typed
    "alerts": parse_many("10/minute;60/hour"),
    "sign_in": parse_many("20/minute"),
    # refused ones only, and waits that grow; a whole station stands behind one prefix
    "sign_in_refused": parse_many("10/minute;40/hour;150/day"),
    # passkeys have their own: who is guessing passwords next door does not shut them
    "passkey": parse_many("120/minute"),
}
_limiter = MovingWindowRateLimiter(MemoryStorage())


def wait(request: HttpRequest, *, what: str) -> int:
    """Count one request; 0 where it may go on, else the seconds until it may."""
    return _until(request, what, _limiter.hit)


def due(request: HttpRequest, *, what: str) -> int:
    """The same without counting."""
    return _until(request, what, _limiter.test)


def _until(request: HttpRequest, what: str, allowed: Callable[..., bool]) -> int:
    address = _address(request.META)
    if settings.DEMO and address.is_loopback:
        return 0
    prefix = _prefix(address)
    full = [item for item in BUDGETS[what] if not allowed(item, what, prefix)]
    resets = [_limiter.get_window_stats(item, what, prefix).reset_time for item in full]
    return max((max(1, int(reset - time.time()) + 1) for reset in resets), default=0)


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
