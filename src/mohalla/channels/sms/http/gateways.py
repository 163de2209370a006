"""The table of gateways: what each calls its parameters, read once and checked."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from mohalla.channels.sms.port import Fate

_TABLE = Path(__file__).with_name("gateways.toml")


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class InboundNames(_Row):
    """What the gateway calls the fields of a text; empty: it has no such field."""

    sender: str
    recipient: str
    text: str
    coding: str
    header: str
    id: str


class ReceiptNames(_Row):
    """What it calls the fields of its word on a delivery."""

    id: str
    state: str
    detail: str


class Gateway(_Row):
    """One kind of gateway; see the head of `gateways.toml`."""

    path: str
    method: Literal["GET", "POST"]
    login: Literal["parameters", "bearer", "basic"]
    accepted: frozenset[int]
    accepted_texts: tuple[str, ...]
    refused: frozenset[int]
    id_from: str
    receipt_query: str
    send: dict[str, str]
    inbound: InboundNames
    receipt: ReceiptNames
    fates: dict[str, Fate]

    def parameters(self, **values: str) -> dict[str, str]:
        """What is sent, filled in; without a receipt address nothing asks for receipts."""
        given = {
            name: pattern.format(**values)
            for name, pattern in self.send.items()
            if values["receipt_url"] or "{receipt_url}" not in pattern
        }
        if not values["receipt_url"]:
            given.pop("dlr-mask", None)
        return given


@lru_cache(maxsize=1)
def table() -> dict[str, Gateway]:
    """Every kind by its name."""
    rows = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {name: Gateway.model_validate(row) for name, row in rows.items()}
