"""Bodies in and out, as documented in `/api/v1/openapi.json`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


def _without_nul(text: str) -> str:
    """PostgreSQL stores no NUL; nobody ever meant one."""
    return text.replace("\0", "")


Storable = AfterValidator(_without_nul)
Text = Annotated[str, StringConstraints(max_length=20_000), Storable]
Short = Annotated[str, StringConstraints(max_length=300), Storable]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PlaceIn(Strict):
    """One of: a point (kept as a hexagon of about 0.7 km²), a unit's code, or words."""

    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    unit: Short = ""
    landmark: Short = ""
    mohalla: Short = ""


class ContactIn(Strict):
    phone: Annotated[str, StringConstraints(max_length=40), Storable] = ""
    email: Annotated[str, StringConstraints(max_length=254), Storable] = ""
    safe_hours: Annotated[str, StringConstraints(max_length=40), Storable] = ""
    discreet: bool = True


class ReportIn(Strict):
    """What happened. At least `text` or one attachment; the rest may be missing."""

    category: Short = ""
    text: Text = ""
    language: Annotated[str, StringConstraints(max_length=8), Storable] = "ur"
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
    text: Annotated[str, StringConstraints(max_length=5_000), Storable]


class VerdictIn(Strict):
    verdict: Literal["confirm", "dispute"]
    reason: Annotated[str, StringConstraints(max_length=2_000), Storable] = ""


class ReasonIn(Strict):
    reason: Annotated[str, StringConstraints(max_length=2_000), Storable] = ""
