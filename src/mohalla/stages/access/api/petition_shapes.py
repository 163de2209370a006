"""The petition as documented in `/api/v1/openapi.json`."""

from __future__ import annotations

from ninja import Schema

from mohalla.stages.access.api.shapes import OwnerOut


class AddresseeOut(Schema):
    code: str
    name: str


class FactOut(Schema):
    name: str
    value: str


class DayOut(Schema):
    on: str  # in words
    what: str


class WrittenOut(Schema):
    heading: str
    text: str
    law: str
    by: OwnerOut | None


class DoorOut(Schema):
    name: str
    how: str
    law: str
    phone: str


class FilingProofOut(Schema):
    """`file` is the signed receipt file; `position` is None until the register holds it."""

    file: str
    short: str
    position: int | None
    size: int | None
    witnesses: list[str]
    wanted: int


class PetitionOut(Schema):
    """The whole paper in the language of Accept-Language; her words as typed."""

    reference: str
    to: str
    choices: list[AddresseeOut]
    title: str
    addressed: str
    facts: list[FactOut]
    words: str
    attachments: int
    said: str
    written: list[WrittenOut]
    days: list[DayOut]
    law: str
    ask: str
    enclosures: list[str]
    hand_in: str
    doors: list[DoorOut]
    made_on: str
    proof: FilingProofOut | None
