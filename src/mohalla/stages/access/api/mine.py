"""The reporter's side of the API: everything that the receipt opens."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja.security import APIKeyHeader

from mohalla.foundation import clock
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.submission import ContactWish
from mohalla.stages.access.actions import reach
from mohalla.stages.access.api import limits
from mohalla.stages.access.api.problems import Problem, unknown_receipt
from mohalla.stages.access.api.router import api, idempotency_key
from mohalla.stages.access.api.shapes import (
    ContactIn,
    FollowedOut,
    MessageIn,
    ProofOfFilingOut,
    ReadingsOut,
    ReasonIn,
    VerdictIn,
    refusals,
)
from mohalla.stages.access.queries import followed, papers, proved, tracked
from mohalla.stages.access.queries.tracked import ReportSeen
from mohalla.stages.access.rules.hours import HoursUnclear, safe_hours
from mohalla.stages.access.rules.phones import PhoneUnclear, canonical_phone
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case

__all__ = ["api"]


class Receipt(APIKeyHeader):
    """`Authorization: Receipt <20 digits>`, counted against the line's budget."""

    openapi_name = "receipt"
    openapi_description = "`Receipt <20 digits>`"
    param_name = "Authorization"

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        limits.check(request, what="receipt")
        scheme, _space, receipt = (key or "").partition(" ")
        return receipt if scheme.lower() == "receipt" and receipt else "-"


class Holder(Receipt):
    """The case that the receipt opens; 404 for anything else."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        case = tracked.of_receipt(super().authenticate(request, key))
        if case is None:
            raise unknown_receipt()
        return case


def holder(request: HttpRequest) -> Case:
    """The case whose receipt came with this request."""
    case: Case = request.auth  # type: ignore[attr-defined] # set by `Holder`
    return case


HOLDER = Holder()
_WRITES = refusals(400, 404, 409, 411, 413, 415, 422, 429)


@api.get(
    "/report", response=FollowedOut, summary="Follow a report", exclude_unset=True,
    openapi_extra=refusals(404, 429), auth=Receipt(),
)  # fmt: skip
def get_report(request: HttpRequest) -> HttpResponse:
    """Stage, history, promises, messages and the outcome that waits for the reporter."""
    receipt: str = request.auth  # type: ignore[attr-defined] # set by `Receipt`
    seen = followed.by_receipt(receipt, language=get_language() or "en", at=clock.now())
    if seen is None:
        raise unknown_receipt()
    return JsonResponse(document(seen))  # made by us: checked against the schema in tests


@api.get(
    "/report/readings", response=ReadingsOut, summary="Who has opened it",
    openapi_extra=refusals(404, 429), auth=HOLDER,
)  # fmt: skip
def get_readings(request: HttpRequest) -> dict[str, Any]:
    """By rank and desk; each opening was written down before anything was shown."""
    return {"readings": tracked.readings(holder(request), get_language() or "en")}


@api.get(
    "/report/proof", response=ProofOfFilingOut, summary="Signed receipt and its place in the log",
    openapi_extra=refusals(404, 429), auth=HOLDER,
)  # fmt: skip
def get_proof(request: HttpRequest) -> dict[str, Any]:
    """`file` is what `mohalla verify` and the offline page check; places are null for seconds."""
    kept = proved.of(holder(request))
    if kept is None:  # from before there was a log
        raise unknown_receipt()
    return asdict(kept)


@api.post(
    "/report/messages", response=FollowedOut, summary="Write to the desk",
    exclude_unset=True, openapi_extra=_WRITES, auth=HOLDER,
)  # fmt: skip
def post_message(request: HttpRequest, body: MessageIn) -> dict[str, Any]:
    """Makes a promise to answer within 24 hours, one at a time. `Idempotency-Key`: the same key with
    the same body is one message."""
    case = holder(request)
    try:
        casework.say(
            case=case, text=body.text, door="api", at=clock.now(), files=body.attachments,
            key=idempotency_key(request),
        )  # fmt: skip
    except casework.EmptyMessage:
        raise Problem(422, "empty", _("Nothing was written.")) from None
    except reports.AttachmentMissing:
        words = _("An attachment is unknown or already used. Upload it again.")
        raise Problem(422, "attachments", words) from None
    return shown(case)


@api.post(
    "/report/verdict", response=FollowedOut, summary="Confirm or dispute the proposed outcome",
    exclude_unset=True, openapi_extra=_WRITES, auth=HOLDER,
)  # fmt: skip
def post_verdict(request: HttpRequest, body: VerdictIn) -> dict[str, Any]:
    """Only the reporter can call it kept."""
    case = holder(request)
    try:
        if body.verdict == "confirm":
            casework.confirm(case=case, door="api", at=clock.now(), reason=body.reason)
        else:
            casework.dispute(case=case, door="api", at=clock.now(), reason=body.reason)
    except casework.NothingProposed:
        raise Problem(
            409, "nothing-proposed", _("There is no outcome that waits for your answer.")
        ) from None
    return shown(case)


@api.post(
    "/report/withdrawal", response=FollowedOut, summary="Ask to withdraw",
    exclude_unset=True, openapi_extra=_WRITES, auth=HOLDER,
)  # fmt: skip
def post_withdrawal(request: HttpRequest, body: ReasonIn) -> dict[str, Any]:
    """A request: an independent person calls, not before 72 hours; the record stays."""
    case = holder(request)
    casework.ask_withdrawal(case=case, door="api", at=clock.now(), reason=body.reason)
    return shown(case)


@api.post(
    "/report/reopening", response=FollowedOut, summary="Reopen for 90 days",
    exclude_unset=True, openapi_extra=_WRITES, auth=HOLDER,
)  # fmt: skip
def post_reopening(request: HttpRequest, body: ReasonIn) -> dict[str, Any]:
    """One level up, the clock running."""
    case = holder(request)
    try:
        casework.reopen(case=case, door="api", at=clock.now(), reason=body.reason)
    except casework.TooLate:
        raise Problem(
            409, "too-late", _("It was closed more than 90 days ago. Please make a new report.")
        ) from None
    return shown(case)


@api.post(
    "/report/contact", response=FollowedOut, summary="Add, change or remove the contact",
    exclude_unset=True, openapi_extra=_WRITES, auth=HOLDER,
)  # fmt: skip
def post_contact(request: HttpRequest, body: ContactIn) -> dict[str, Any]:
    """No phone and no e-mail: the contact is removed."""
    case = holder(request)
    at = clock.now()
    if not (body.phone or body.email):
        reach.remove_contact(case=case, by="reporter", at=at)
        return shown(case)
    try:
        first, last = safe_hours(body.safe_hours)
        value = canonical_phone(body.phone) if body.phone else body.email.strip()
    except HoursUnclear:
        raise Problem(422, "safe-hours", _("Write the safe hours like this: 14-16.")) from None
    except PhoneUnclear:
        raise Problem(422, "phone", _("This phone number is not complete.")) from None
    kind = "phone" if body.phone else "email"
    wish = ContactWish(
        kind=kind, value=value, safe_from=first, safe_to=last, discreet=body.discreet
    )
    reach.wish_contact(case=case, wish=wish, door="api", at=at)
    return shown(case)


def shown(case: Case) -> dict[str, Any]:
    """A followed report right after an act on it."""
    case = Case.objects.select_related("report", "unit").get(pk=case.pk)
    return document(tracked.seen(case, language=get_language() or "en", at=clock.now()))


def document(seen: ReportSeen) -> dict[str, Any]:
    """The contract's shape of a followed report."""
    return {
        "reference": seen.reference,
        "stage": seen.stage,
        "stage_name": seen.stage_name,
        "timeline": [
            {"at": row["at"], "stage": row["stage"], "note": row["text"]} for row in seen.timeline
        ],
        "promises": [
            {"kind": row.kind, "state": row.state, "due_at": row.due_at, "owner": row.owner,
             "next_owner": row.next_owner}
            for row in seen.promises
        ],
        "messages": seen.messages,
        "proposed_outcome": seen.proposed_outcome,
        "papers": [
            {"kind": row.kind, "number": row.number, "dated_on": row.dated_on, "at": row.at,
             "sections": row.sections, "text": row.text, "desk": row.desk, "by": row.by,
             "law": row.law}
            for row in seen.papers
        ],
        "next_authority": seen.next_authority,
        "petition": {
            "grievance": seen.grievance,
            "title": papers.titled(seen.grievance, get_language() or "en"),
        } if seen.grievance else None,
        "files": [asdict(row) for row in seen.files],
    }  # fmt: skip
