"""Addresses that browsers give us, which we then call: only known push services, never ourselves.

Whoever subscribes chooses the address. Without this list our machine would be a way into its own
network: `https://169.254.169.254/` or the database beside it.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import json
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from mohalla.channels.push.port import Address

LONGEST = 1000  # characters of an endpoint; real ones have 150 to 400
LONGEST_TOLD = 4000
POINT, SECRET = 65, 16  # bytes of an uncompressed P-256 point, of the secret
HTTPS = 443


class BadAddress(ValueError):
    """Not an address that we may call; the words are for a log, they hold nothing of it."""


def read(told: str, *, hosts: Iterable[str], loopback: bool = False) -> Address:
    """What `PushSubscription.toJSON()` said. Raises `BadAddress`."""
    try:
        if len(told) > LONGEST_TOLD:
            raise ValueError
        said = json.loads(told)
        keys = said["keys"]
        address = Address(str(said["endpoint"]), str(keys["p256dh"]), str(keys["auth"]))
    except (ValueError, TypeError, KeyError):
        raise BadAddress("not a subscription") from None
    check(address.endpoint, hosts=hosts, loopback=loopback)
    point = _bytes(address.p256dh)
    if len(point) != POINT or point[0] != 4 or len(_bytes(address.auth)) != SECRET:
        raise BadAddress("its keys have another shape")
    return address


def check(endpoint: str, *, hosts: Iterable[str], loopback: bool = False) -> str:
    """Its host, if we may call it. `hosts`: names, or `*.name` for all below. Raises `BadAddress`."""
    try:
        parts = urlsplit(endpoint)
        host, port = (parts.hostname or "").rstrip(".").lower(), parts.port
    except ValueError:
        raise BadAddress("not an address") from None
    if len(endpoint) > LONGEST or not endpoint.isascii() or any(c.isspace() for c in endpoint):
        raise BadAddress("not an address")
    if parts.username or parts.password or parts.fragment or "\\" in endpoint:
        raise BadAddress("more than an address")
    if loopback and parts.scheme == "http" and host == "127.0.0.1":
        return host
    if parts.scheme != "https" or port not in {None, HTTPS}:
        raise BadAddress("not https")
    if not any(_is_of(host, each) for each in hosts):
        raise BadAddress("not a known push service")
    return host


def all_public(host: str) -> bool:
    """Whether every address of a name lies outside: a list of names does not say where they point."""
    found = {row[4][0] for row in socket.getaddrinfo(host, HTTPS, type=socket.SOCK_STREAM)}
    return bool(found) and all(ipaddress.ip_address(each).is_global for each in found)


def _is_of(host: str, allowed: str) -> bool:
    if allowed.startswith("*."):
        return host.endswith(allowed[1:]) and len(host) > len(allowed) - 1
    return host == allowed


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        return b""
