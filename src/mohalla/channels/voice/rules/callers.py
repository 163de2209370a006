"""Who calls, from what a line says of it: pure."""

from __future__ import annotations

from urllib.parse import unquote

from mohalla.channels.sms.rules.numbers import Kind, canonical, kind_of

LEAST_DIGITS = 7  # of a telephone that can be called back


def user_of(uri: str) -> str:
    """`1787` of `"name" <sip:1787@host;x>`; empty where there is none."""
    inner = uri.partition("<")[2].partition(">")[0] or uri
    scheme, _colon, rest = inner.strip().partition(":")
    if scheme.lower() == "tel":
        return unquote(rest.partition(";")[0])
    return unquote(rest.partition("@")[0].partition(";")[0]) if "@" in rest else ""


def number_of(said: str) -> str:
    """E.164; empty for `anonymous`, names and whatever is no telephone."""
    number = canonical(said)
    digits = number.removeprefix("+")
    return number if kind_of(number, ours="") == Kind.NUMBER and len(digits) >= LEAST_DIGITS else ""
