"""`SMS_URL`, read: which transport, where, and our own number."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

SETTING = "MOHALLA_SMS"
DEFAULT_SOURCE = "1787"


class BadAddress(Exception):
    """The setting cannot be used; says what to write instead."""


@dataclass(frozen=True, slots=True)
class SmsAddress:
    """source: our own number. rate: parts a second. The password is never shown by `repr`."""

    scheme: str
    source: str
    host: str = ""
    port: int = 2775
    user: str = ""
    password: str = field(default="", repr=False)
    rate: float = 10.0
    system_type: str = ""


def read(url: str) -> SmsAddress:
    """Raises BadAddress naming the setting and the mend; never quotes the password."""
    try:
        return _read(url)
    except ValueError as error:
        raise BadAddress(
            f"{SETTING}: cannot be read ({error}); write embedded: or "
            "smpp://user:password@host:port/?source=1787&rate=10"
        ) from None


def _read(url: str) -> SmsAddress:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    source = query.get("source", DEFAULT_SOURCE)
    if parts.scheme == "embedded":
        return SmsAddress("embedded", source)
    if parts.scheme in ("http", "https"):
        raise BadAddress(
            f"{SETTING}: {parts.scheme}:// gateways are not built yet; use smpp:// or embedded:"
        )
    if parts.scheme != "smpp":
        raise BadAddress(
            f"{SETTING}: {parts.scheme or 'no scheme'} is not known; use embedded: or smpp://"
        )
    if not parts.hostname:
        raise ValueError("no host")
    rate = float(query.get("rate", "10"))
    if not 0 < rate <= 1000:
        raise ValueError("rate must be above 0 and at most 1000 parts a second")
    address = SmsAddress(
        scheme="smpp",
        source=source,
        host=parts.hostname,
        port=parts.port or 2775,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        rate=rate,
        system_type=query.get("system_type", ""),
    )
    if len(address.user) > 15 or len(address.password) > 8:
        raise ValueError("SMPP allows 15 characters of user and 8 of password")
    return address
