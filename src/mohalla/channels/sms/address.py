"""`SMS_URL`, read: which transport, where, and our own number."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from mohalla.channels.sms.http.gateways import table

SETTING = "MOHALLA_SMS"
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SHORTEST_SECRET = 16
DEFAULT_SOURCE = "1787"


class BadAddress(Exception):
    """The setting cannot be used; says what to write instead."""


@dataclass(frozen=True, slots=True)
class SmsAddress:
    """source: our own number. rate: parts a second. Password and secret are not shown by `repr`.

    Of gateways over HTTP (`scheme` is "http" for both): `kind` names the row of `gateways.toml`,
    `base` is scheme, host and port, `callback` where the gateway reaches our pages, `secret` what
    it shows there.
    """

    scheme: str
    source: str
    host: str = ""
    port: int = 2775
    user: str = ""
    password: str = field(default="", repr=False)
    rate: float = 10.0
    system_type: str = ""
    kind: str = ""
    base: str = ""
    path: str = ""
    callback: str = ""
    secret: str = field(default="", repr=False)

    @property
    def is_open_to_listeners(self) -> bool:
        """Whether texts and password cross a network readable (plain HTTP beyond this machine)."""
        return self.base.startswith("http:") and self.host not in LOOPBACK


def read(url: str) -> SmsAddress:
    """Raises BadAddress naming the setting and the mend; never quotes the password."""
    try:
        return _read(url)
    except ValueError as error:
        raise BadAddress(
            f"{SETTING}: cannot be read ({error}); write embedded: or "
            "smpp://user:password@host:port/?source=1787&rate=10 or "
            "https://user:password@host/?kind=kannel&source=1787&secret=…&callback=https://…"
        ) from None


def _read(url: str) -> SmsAddress:
    parts = urlsplit(url)
    try:
        parts.port  # noqa: B018 - its own words would quote a password with a stroke in it
    except ValueError:
        raise ValueError("the port is not a number; write %2F for / in a password") from None
    query = dict(parse_qsl(parts.query))
    source = query.get("source", DEFAULT_SOURCE)
    if parts.scheme == "embedded":
        return SmsAddress("embedded", source)
    if parts.scheme in ("http", "https"):
        return _gateway(parts, query, source)
    if parts.scheme != "smpp":
        raise BadAddress(
            f"{SETTING}: {parts.scheme or 'no scheme'} is not known; use embedded:, smpp:// or https://"
        )
    if not parts.hostname:
        raise ValueError("no host")
    address = SmsAddress(
        scheme="smpp",
        source=source,
        host=parts.hostname,
        port=parts.port or 2775,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        rate=_rate(query),
        system_type=query.get("system_type", ""),
    )
    if len(address.user) > 15 or len(address.password) > 8:
        raise ValueError("SMPP allows 15 characters of user and 8 of password")
    return address


def _gateway(parts: SplitResult, query: dict[str, str], source: str) -> SmsAddress:
    kind, secret = query.get("kind", ""), query.get("secret", "")
    callback = query.get("callback", "").rstrip("/")
    if not parts.hostname:
        raise ValueError("no host")
    if kind not in table():
        raise ValueError(f"kind must be one of {', '.join(sorted(table()))}")
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"secret must have at least {SHORTEST_SECRET} characters")
    if callback and (urlsplit(callback).scheme not in ("http", "https") or "?" in callback):
        raise ValueError("callback must be the address of these pages, https://…")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = f":{parts.port}" if parts.port else ""
    return SmsAddress(
        scheme="http",
        source=source,
        host=parts.hostname,
        port=parts.port or (443 if parts.scheme == "https" else 80),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        rate=_rate(query),
        kind=kind,
        base=f"{parts.scheme}://{host}{port}",
        path="" if parts.path in ("", "/") else parts.path,
        callback=callback,
        secret=secret,
    )


def _rate(query: dict[str, str]) -> float:
    rate = float(query.get("rate", "10"))
    if not 0 < rate <= 1000:
        raise ValueError("rate must be above 0 and at most 1000 parts a second")
    return rate
