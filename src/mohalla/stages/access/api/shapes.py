"""Bodies in and out, as documented in `/api/v1/openapi.json`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import ConfigDict, EmailStr, Field, StringConstraints, model_validator  # noqa: F401

Text = Annotated[str, StringConstraints(max_length=20_000)]
Short = Annotated[str, StringConstraints(max_length=300)]


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class PlaceIn(Strict):
    """One of: a point (kept as a hexagon of about 0.7 km²), a unit's code, or words."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    unit: Short = ""
    landmark: Short = ""
    mohalla: Short = ""


class ContactIn(Strict):
    phone: Annotated[str, StringConstraints(max_length=40)] = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""
    safe_hours: Annotated[str, StringConstraints(max_length=40)] = ""
    discreet: bool = True


class ReportIn(Strict):
    """What happened. At least `text` or one attachment; the rest may be missing."""

    category: Short = ""
    text: Text = ""
    language: Annotated[str, StringConstraints(max_length=8)] = "ur"
    place: PlaceIn | None = None
    happened_at: datetime | None = None
    contact: ContactIn | None = None
    about_unit: Short = ""
    about_officer: Short = ""
    attachments: Annotated[list[UUID], Field(max_length=12)] = []


class OwnerOut(Schema):
    rank: str | None
    name: str | None = None
    desk: str
    unit: str


class PromiseOut(Schema):
    kind: str
    state: str
    due_at: datetime
    owner: OwnerOut | None
    next_owner: OwnerOut | None


class AcceptedOut(Schema):
    reference: str
    receipt: str
    promise: PromiseOut
    track_url: str
    acknowledgement: str


class MessageIn(Strict):
    text: Annotated[str, StringConstraints(max_length=5_000)]


class VerdictIn(Strict):
    verdict: Literal["confirm", "dispute"]
    reason: Annotated[str, StringConstraints(max_length=2_000)] = ""


class ReasonIn(Strict):
    reason: Annotated[str, StringConstraints(max_length=2_000)] = ""
