"""What the holder of a receipt takes away: the petition, and the files of the report."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mohalla.foundation import clock
from mohalla.foundation.reports import sending
from mohalla.stages.access.api.mine import HOLDER, api, holder
from mohalla.stages.access.api.petition_shapes import PetitionOut
from mohalla.stages.access.api.problems import Problem
from mohalla.stages.access.api.shapes import refusals
from mohalla.stages.access.queries import enclosed
from mohalla.stages.access.queries.petition import NoGrievance, Petition, petition

__all__ = ["api"]

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILES = ("image/jpeg", "audio/*", "video/*", "application/pdf")


@api.get(
    "/report/petition", response=PetitionOut, summary="The paper for the next authority",
    exclude_unset=True, openapi_extra=refusals(404, 409, 422, 429), auth=HOLDER,
)  # fmt: skip
def get_petition(request: HttpRequest, to: str = "") -> dict[str, Any]:
    """Where an FIR was refused, forgotten, or the case ended over an objection.

    `to` is the code of an addressee out of `choices`; one that is not open for this matter, or
    none, gives the first.
    """
    try:
        made = petition(
            holder(request), to=to, language=get_language() or "en", at=clock.now()
        )  # fmt: skip
    except NoGrievance:
        raise Problem(
            409, "no-grievance", _("There is nothing here that a petition could be about.")
        ) from None
    return _document(made)


@api.get(
    "/report/files/{key}", summary="One file of the report", auth=HOLDER,
    openapi_extra={
        "responses": {
            200: {
                "description": "The picture's copy without what the camera wrote into it, or the "
                "recording or document as it came",
                "content": dict.fromkeys(_FILES, _BINARY),
            },
            **refusals(404, 409, 429)["responses"],
        }
    },
)  # fmt: skip
def get_file(request: HttpRequest, key: str) -> HttpResponseBase:
    """An `id` out of `files`, or the `attachment` of a proof."""
    case = holder(request)
    row = enclosed.one(case, key)
    if row is None:
        raise Problem(404, "no-such-file", _("This file is not here."))
    try:
        return sending.shown(row, reference=case.reference)
    except sending.NoSafeCopy:
        words = _("This picture is kept, but it cannot be shown safely.")
        raise Problem(409, "file-unsafe", words) from None


def _document(made: Petition) -> dict[str, Any]:
    return {
        "reference": made.reference,
        "to": made.to,
        "choices": [{"code": code, "name": name} for code, name in made.choices],
        "title": made.title,
        "addressed": made.addressed,
        "facts": [{"name": name, "value": value} for name, value in made.facts],
        "words": made.words,
        "attachments": made.attachments,
        "said": made.said,
        "written": [
            {"heading": row.heading, "text": row.text, "law": row.law, "by": row.by}
            for row in made.written
        ],
        "days": [{"on": day, "what": what} for day, what in made.days],
        "law": made.law,
        "ask": made.ask,
        "enclosures": made.enclosures,
        "hand_in": made.hand_in,
        "doors": [
            {"name": name, "how": how, "law": law, "phone": phone}
            for name, how, law, phone in made.doors
        ],
        "made_on": made.made_on,
        "proof": asdict(made.proof) if made.proof else None,
    }
