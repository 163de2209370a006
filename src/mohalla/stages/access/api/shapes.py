"""Bodies in and out, as documented in `/api/v1/openapi.json`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(max_length=20_000)]
Short = Annotated[str, StringConstraints(max_length=300)]


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


class CategoryOut(Schema):
    code: str
    names: dict[str, str]
    group: str
    sensitivity: Literal["C1", "C2", "C3"]
    clocks: dict[str, int]  # seconds


class CategoriesOut(Schema):
    categories: list[CategoryOut]


class AttachmentOut(Schema):
    id: UUID
    sha256: str


class MomentOut(Schema):
    at: datetime
    stage: str
    note: str


class MessageOut(Schema):
    mine: bool
    at: datetime
    text: str


class ProofOut(Schema):
    kind: str
    kind_name: str
    number: str
    at: datetime
    attachment: str


class OutcomeOut(Schema):
    kind: str
    kind_name: str
    what_done: str
    reason: str
    proposed_at: datetime
    reply_until: datetime | None  # the term of the right of reply
    referred_to: str
    referred_number: str
    answer_on: date | None
    proof: list[ProofOut]


class PaperOut(Schema):
    """What the police wrote: an FIR, a diary entry, a refusal, a letter (s. 173), a decision."""

    kind: Literal["fir", "diary", "refusal", "letter", "decision"]
    number: str
    dated_on: date
    at: datetime
    sections: str  # of the FIR; in a refusal the law that it names
    text: str
    desk: str
    by: OwnerOut | None
    law: str  # what the person should know about it


class PetitionOffer(Schema):
    """Something may be carried further: the paper is at `/report/petition`."""

    grievance: str
    title: str


class FileOut(Schema):
    """`mine`: from the reporter; else proof that the police gave. The bytes: `/report/files/{id}`."""

    id: UUID
    mine: bool
    kind: Literal["photograph", "recording", "video", "document"]
    media_type: str
    size: int  # bytes of the original
    at: datetime


class FollowedOut(Schema):
    """A report as the holder of its receipt sees it."""

    reference: str
    stage: str
    stage_name: str
    timeline: list[MomentOut]
    promises: list[PromiseOut]
    messages: list[MessageOut]
    proposed_outcome: OutcomeOut | None
    papers: list[PaperOut]
    next_authority: OwnerOut | None  # who must answer now why there is no FIR
    petition: PetitionOffer | None
    files: list[FileOut]


class ReadingOut(Schema):
    """`taken`: originals taken away; `exported`: lists it left in."""

    who: dict[str, str] | None
    first: datetime
    last: datetime
    times: int
    taken: int
    exported: int


class ReadingsOut(Schema):
    readings: list[ReadingOut]


class ProofOfFilingOut(Schema):
    """`short` is read aloud; `wanted` is how many witnesses must have cosigned."""

    file: str
    short: str
    position: int | None
    size: int | None
    witnesses: list[str]
    wanted: int


class MessageIn(Strict):
    """Words, or files that were uploaded before (`POST /attachments`), or both."""

    text: Annotated[str, StringConstraints(max_length=5_000)] = ""
    attachments: Annotated[list[UUID], Field(max_length=8)] = []


class VerdictIn(Strict):
    verdict: Literal["confirm", "dispute"]
    reason: Annotated[str, StringConstraints(max_length=2_000)] = ""


class ReasonIn(Strict):
    reason: Annotated[str, StringConstraints(max_length=2_000)] = ""


def refusals(*codes: int) -> dict[str, Any]:
    """What an operation adds to its description: its problem documents."""
    wrong = {
        "type": "object",
        "required": ["where", "kind", "what"],
        "properties": {
            "where": {"type": "string"},
            "kind": {"type": "string", "description": "what is wrong, for programs"},
            "what": {
                "type": "string",
                "description": "the same in the language of Accept-Language",
            },
            "pointer": {"type": "string", "description": "into the body (RFC 6901), after #"},
        },
    }
    problem = {
        "type": "object",
        "required": ["type", "title", "status"],
        "properties": {
            "type": {"type": "string"},
            "title": {"type": "string", "description": "in the language of Accept-Language"},
            "status": {"type": "integer"},
            "retry_after": {"type": "integer", "description": "seconds; 429 only"},
            "errors": {"type": "array", "items": wrong},
        },
    }
    content = {"application/problem+json": {"schema": problem}}
    said = {code: {"description": "Problem (RFC 9457)", "content": content} for code in codes}
    return {"responses": said}
