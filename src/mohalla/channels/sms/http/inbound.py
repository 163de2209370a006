"""What a gateway brings, in our words: read from bytes, whatever they hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl

from mohalla.channels.sms.http.gateways import Gateway
from mohalla.channels.sms.port import Fate, Receipt, Received
from mohalla.channels.sms.rules import concatenation, encoding

_EIGHT_BIT = 4
_MOST_FIELDS = 60


class Unclear(Exception):
    """It cannot be read; says why."""


def fields(query: bytes, body: bytes, content_type: str) -> dict[str, bytes]:
    """Every field of the query and the body by its name, as bytes (a text may be UTF-16)."""
    found: dict[str, bytes] = {}
    try:
        pairs = parse_qsl(
            query.decode("latin-1"), True, encoding="latin-1", max_num_fields=_MOST_FIELDS
        )
        if content_type == "application/x-www-form-urlencoded":
            pairs += parse_qsl(
                body.decode("latin-1"), True, encoding="latin-1", max_num_fields=_MOST_FIELDS
            )
    except ValueError as error:
        raise Unclear(str(error)) from None
    for name, value in pairs:
        found.setdefault(name, value.encode("latin-1"))
    if content_type == "application/json":
        found |= {name: value for name, value in _json(body).items() if name not in found}
    return found


def received(gateway: Gateway, given: Mapping[str, bytes], *, raw: bytes) -> Received:
    """A text, or a piece of one."""
    names = gateway.inbound
    if names.text not in given or names.sender not in given:
        raise Unclear("no sender or no text")
    payload = given[names.text]
    coding = encoding.UCS2 if _plain(given, names.coding) == "2" else _EIGHT_BIT
    part = None
    header = given.get(names.header, b"") if names.header else b""
    if header:
        try:
            part, payload = concatenation.split_header(header + payload)
        except ValueError:
            part = None  # a lying header is left out, its text is kept
    return Received(
        sender=_plain(given, names.sender),
        recipient=_plain(given, names.recipient),
        payload=payload,
        data_coding=coding,
        part=part,
        carrier_id=_plain(given, names.id),
        pdu=raw,
    )


def receipt(gateway: Gateway, given: Mapping[str, bytes], *, raw: bytes) -> Receipt:
    """The gateway's word on one text of ours; a state that nobody knows is no end."""
    names = gateway.receipt
    carrier_id, state = _plain(given, names.id), _plain(given, names.state)
    if not carrier_id:
        raise Unclear("no id")
    fate = gateway.fates.get(state, gateway.fates.get(state.lower(), Fate.PENDING))
    detail = " ".join(filter(None, [state, _plain(given, names.detail)]))
    return Receipt(carrier_id=carrier_id, fate=fate, detail=detail, pdu=raw)


def _json(body: bytes) -> dict[str, bytes]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Unclear("not JSON") from None
    if not isinstance(found, dict):
        raise Unclear("not a JSON object")
    return {
        str(name)[:80]: str(value).encode("utf-8", "replace")
        for name, value in list(found.items())[:_MOST_FIELDS]
        if isinstance(value, str | int)
    }


def _plain(given: Mapping[str, bytes], name: str) -> str:
    value = given.get(name, b"").decode("utf-8", "replace") if name else ""
    return "".join(char for char in value if char.isprintable())[:80]
