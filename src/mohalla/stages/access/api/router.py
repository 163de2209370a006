"""The endpoints of `/api/v1/`."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import File, Form, NinjaAPI, Status
from ninja.files import UploadedFile
from pydantic import AwareDatetime

from mohalla.foundation import catalogue, clock
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.submission import ContactWish, Submission
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.exclusion import Exclusion
from mohalla.stages.access import actions
from mohalla.stages.access.api import limits, problems
from mohalla.stages.access.api.problems import Problem
from mohalla.stages.access.api.reading import JsonParser
from mohalla.stages.access.api.shapes import (
    AcceptedOut,
    AttachmentOut,
    CategoriesOut,
    ReportIn,
    refusals,
)
from mohalla.stages.access.queries import tracked
from mohalla.stages.access.rules.hours import HoursUnclear, safe_hours
from mohalla.stages.access.rules.phones import PhoneUnclear, canonical_phone

api = NinjaAPI(
    title="Mohalla",
    version="1",
    description="Reports, promises and verdicts. Times are ISO 8601; errors are RFC 9457.",
    urls_namespace="api-v1",
    parser=JsonParser(),
    docs_url=None,
)
problems.install(api)
KEY_SHORTEST, KEY_LONGEST = 16, 128
EARLIEST_YEAR = 1900  # before that a date is a slip, and the first years overflow in UTC


@api.get("/categories", response=CategoriesOut, summary="What a report can be about")
def categories(request: HttpRequest) -> dict[str, Any]:
    """Codes, names in three languages, sensitivity and clocks in seconds."""
    return {
        "categories": [
            {
                "code": row.code,
                "names": {code: row.names[code] for code in ("en", "ur", "ps")},
                "group": row.group,
                "sensitivity": row.sensitivity,
                "clocks": {kind: int(span.total_seconds()) for kind, span in row.clocks.items()},
            }
            for row in catalogue.get().categories.values()
            if row.listed
        ]
    }


@api.post(
    "/reports", response={201: AcceptedOut}, summary="Make a report", exclude_unset=True,
    openapi_extra=refusals(400, 409, 411, 413, 415, 422, 429),
)  # fmt: skip
def post_report(request: HttpRequest, body: ReportIn) -> HttpResponse:
    """Answers only when the report is durable. `Idempotency-Key`: 16 to 128 characters."""
    limits.check(request)
    key = idempotency_key(request)
    at = clock.now()
    try:
        done = actions.accept(
            submission=submission_from(body, key, at),
            at=at,
            body_hash=hashlib.sha256(body.model_dump_json().encode()).hexdigest(),
        )
    except actions.ReportRefused as refused:
        raise _refusal(refused.reason) from None
    answer = {
        "reference": done.reference,
        "receipt": done.receipt,
        "promise": promise_out(done.promise, done.directory, done.excluded, at),
        "track_url": request.build_absolute_uri(reverse("track")),
        "acknowledgement": done.signed,
    }
    return JsonResponse(answer, status=201)  # made by us: checked against the schema in tests


@api.post(
    "/attachments", response={201: AttachmentOut}, summary="Upload before reporting",
    openapi_extra=refusals(400, 411, 413, 422, 429),
)  # fmt: skip
def post_attachment(
    request: HttpRequest, file: File[UploadedFile], told_at: Form[AwareDatetime | None] = None
) -> Status[dict[str, str]]:
    """A photograph, a voice note or a document, at most 15 MB; kept sealed, byte for byte.

    `told_at`: when it was made, by the sender's own clock; kept beside ours, believed by nobody.
    """
    limits.check(request)
    try:
        kept = reports.keep_attachment(upload=file, at=clock.now(), door="api", told_at=told_at)
    except reports.AttachmentRefused as refused:
        status = 413 if refused.reason == "too_large" else 422
        raise Problem(status, f"attachment-{refused.reason}", attachment_words(refused)) from None
    return Status(201, {"id": str(kept.pk), "sha256": kept.sha256})


def idempotency_key(request: HttpRequest) -> str:
    """The sender's own key for what it sends; empty where it gave none."""
    key = request.headers.get("Idempotency-Key", "")
    if key and not KEY_SHORTEST <= len(key) <= KEY_LONGEST:
        raise Problem(400, "idempotency-key", _("An Idempotency-Key has 16 to 128 characters."))
    return key


def attachment_words(refused: reports.AttachmentRefused) -> str:
    """What was wrong with a file, and what to do next."""
    return {
        "empty": _("The file is empty. Please choose it again."),
        "too_large": problems.file_too_large(),
        "type": _("This kind of file cannot be taken. Photos, voice notes, videos and PDFs can."),
    }[refused.reason]


def submission_from(body: ReportIn, key: str, at: datetime) -> Submission:
    """The one shape of all doors; raises `Problem` for what cannot be read."""
    place = body.place
    happened = body.happened_at
    if happened is not None and happened.year < EARLIEST_YEAR:
        raise Problem(422, "invalid", _("Some fields are missing or have the wrong shape."))
    if happened is not None and happened.tzinfo is None:
        happened = happened.replace(tzinfo=clock.PKT)
    if happened is not None and happened > at:
        raise Problem(422, "future", _("This time lies in the future."))
    return Submission(
        door="api",
        language=body.language,
        text=body.text,
        category=body.category,
        place=place.mohalla if place else "",
        unit=place.unit if place else "",
        landmark=place.landmark if place else "",
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        about_unit=body.about_unit,
        about_officer=body.about_officer,
        happened_at=happened.astimezone(UTC) if happened else None,
        contact=_contact(body),
        attachments=tuple(body.attachments),
        idempotency_key=key,
    )


def _contact(body: ReportIn) -> ContactWish | None:
    contact = body.contact
    if contact is None or not (contact.phone or contact.email):
        return None
    try:
        first, last = safe_hours(contact.safe_hours)
        value = canonical_phone(contact.phone) if contact.phone else contact.email.strip()
    except HoursUnclear:
        raise Problem(422, "safe-hours", _("Write the safe hours like this: 14-16.")) from None
    except PhoneUnclear:
        raise Problem(422, "phone", _("This phone number is not complete.")) from None
    return ContactWish(
        kind="phone" if contact.phone else "email",
        value=value,
        safe_from=first,
        safe_to=last,
        discreet=contact.discreet,
    )


def promise_out(
    promise: Promise, directory: Directory, excluded: Exclusion, at: datetime
) -> dict[str, Any]:
    """A promise as the contract writes it."""
    language = get_language() or "en"
    shown = tracked.promise_seen(promise, directory, excluded, language, at)
    return {
        "kind": shown.kind,
        "state": shown.state,
        "due_at": shown.due_at,
        "owner": shown.owner,
        "next_owner": shown.next_owner,
    }


def _refusal(reason: str) -> Problem:
    words = {
        "empty": (422, _("Say what happened, or attach a photo or a recording.")),
        "too_long": (413, _("The text is too long. Please send it in parts.")),
        "category": (422, _("This category is not known. Leave it out, and we will find it.")),
        "attachments": (422, _("An attachment is unknown or already used. Upload it again.")),
        "idempotency": (409, _("This Idempotency-Key was used for another report.")),
    }
    status, title = words[reason]
    return Problem(status, f"report-{reason.replace('_', '-')}", title)
