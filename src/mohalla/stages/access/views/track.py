"""`/track/`: everything that the receipt opens. The receipt travels in POST bodies only."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from mohalla.foundation import clock, identifiers, limiter
from mohalla.foundation.reports.submission import ContactWish
from mohalla.foundation.seal import browser
from mohalla.stages.access.actions import reach
from mohalla.stages.access.actions.decide_claim import object_to_claims
from mohalla.stages.access.queries import agreed, claims, handed, helped, proved, tracked
from mohalla.stages.access.queries.petition import NoGrievance
from mohalla.stages.access.rules import sealed as shape
from mohalla.stages.access.rules.hours import HoursUnclear, safe_hours
from mohalla.stages.access.rules.phones import PhoneUnclear, canonical_phone
from mohalla.stages.access.views import (
    draft,
    enclosed_file,
    lost_receipt,
    news_here,
    petition,
    uploads,
)
from mohalla.station.casework import actions as casework
from mohalla.station.casework import bundles, identity
from mohalla.station.casework import enveloped as wording
from mohalla.station.casework.models import Case
from mohalla.station.casework.views import evidence

Said = dict[str, str]
REASON_LIMIT, MESSAGE_LIMIT, KEY_LIMIT = 2_000, 5_000, 128  # characters


@sensitive_post_parameters()
def track(request: HttpRequest) -> HttpResponseBase:
    """GET: where the receipt is typed. POST: the report, and what `do` asks for."""
    if request.method != "POST":
        return _enter(request)
    typed = request.POST.get("receipt", "")
    wait = limiter.wait(request, what="receipt")
    if wait:
        words = _("Very many tries from your line just now. Please wait a few minutes.")
        response = _enter(request, problem=words, typed=typed, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    typed = identifiers.sent_on(typed)
    case = tracked.of_receipt(typed)
    if case is None:
        found = lost_receipt.claimed(request, typed, clock.now())
        if found is not None:
            return found
        words = _("We know no report with this receipt. Please check the twenty digits.")
        return _enter(request, problem=words, typed=typed, status=404)
    return _opened(request, case, typed)


def _enter(
    request: HttpRequest, *, problem: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    shown = "" if identifiers.is_token(typed) else typed
    context = {"problem": problem, "typed": shown, "salt": identifiers.receipt_salt()}
    return render(request, "access/track/enter.html", context, status=status)


def _opened(request: HttpRequest, case: Case, receipt: str) -> HttpResponseBase:
    """A paper or a file by itself, or the report with all that stands in it."""
    said: Said = {}
    if request.POST.get("do") == "proof":
        kept = proved.of(case)
        if kept is not None:
            return _file(kept.file, case.reference)
    if request.POST.get("do") == "evidence":
        try:
            return evidence.sent(bundles.taken(case, viewer=None, purpose="", at=clock.now()))
        except bundles.REFUSED as refused:
            said = {"problem": bundles.said(refused)}
    if request.POST.get("do") == "petition":
        with suppress(NoGrievance):  # an FIR came meanwhile: the report itself says so
            return petition.sheet(request, case, receipt)
    if request.POST.get("do") == "file":
        try:
            return enclosed_file.answer(request, case)
        except enclosed_file.NotShown as why:
            said = {"problem": str(why)}
    return _shown(request, case, receipt, said)


def _file(content: str, reference: str) -> HttpResponse:
    """A neutral name: on a shared phone it says nothing."""
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{reference}-receipt.txt"'
    return response


def _shown(request: HttpRequest, case: Case, receipt: str, said: Said) -> HttpResponse:
    at = clock.now()
    act = _ACTS.get(request.POST.get("do", ""))
    said = said or _too_long(request) or (act(request, case, at) if act else {})
    if said.get("said_now"):
        case = Case.objects.select_related("report", "unit").get(pk=case.pk)
    seen = tracked.seen(case, language=get_language() or "ur", at=at)
    shown = asdict(seen) | {"stages": seen.stages, "sealed": False, "files": seen.files}
    asked = [claim.asked_at for claim in claims.open_of(case)]
    context = {
        "case": shown, "receipt": receipt, "claims": asked, "proved": proved.of(case),
        "hands": handed.of(case, get_language() or "ur"),
        "readings": tracked.readings(case, get_language() or "ur"),
        "envelope": wording.envelope() if seen.sealing else None,
        "liaison": helped.liaison(case, get_language() or "ur", at),
        "agreed": agreed.of(case, get_language() or "ur", at=at),
        "key": draft.fresh_key(), "news": news_here.shown(case),
        "destroyed": not case.report.body and identity.words_destroyed(case), **said,
    }  # fmt: skip
    return render(
        request, "access/track/case.html", context, status=422 if "problem" in said else 200
    )


def _too_long(request: HttpRequest) -> Said:
    """A reason is never cut: it comes back, to be made shorter."""
    reason = request.POST.get("reason", "")
    if _fits(reason, REASON_LIMIT):
        return {}
    words = _("This is longer than 2,000 letters. Please shorten it, or send it as a message.")
    return {"problem": words, "typed_reason": reason}


def _fits(text: str, limit: int) -> bool:
    """Of a sealed text only its outside can be measured."""
    if not browser.is_sealed(text):
        return len(text) <= limit
    try:
        shape.words(text)
    except shape.NotSealed:
        return False
    return True


def _message(request: HttpRequest, case: Case, at: datetime) -> Said:
    text = request.POST.get("text", "")
    if not _fits(text, MESSAGE_LIMIT):
        words = _("This is longer than 5,000 letters. Please send it in two messages.")
        return {"problem": words, "typed_message": text}
    sent = request.FILES.getlist("files")
    try:
        if len(sent) > uploads.MOST_FILES:
            raise uploads.too_many(sent[uploads.MOST_FILES].name or "")
        kept = [uploads.keep(upload, at=at, by="reporter").pk for upload in sent]
        casework.say(
            case=case, text=text, door="web", at=at, files=kept,
            key=request.POST.get("key", "")[:KEY_LIMIT],
        )  # fmt: skip
    except uploads.Refused as refused:
        return {"problem": str(refused), "typed_message": text}
    except casework.EmptyMessage:
        return {
            "problem": _("The message was empty. Write a few words or add a file, then press Send.")
        }
    return {"said_now": _("Your message is with the desk. An answer is owed within 24 hours.")}


def _confirm(request: HttpRequest, case: Case, at: datetime) -> Said:
    return _verdict(request, case, at, yes=True)


def _dispute(request: HttpRequest, case: Case, at: datetime) -> Said:
    return _verdict(request, case, at, yes=False)


def _verdict(request: HttpRequest, case: Case, at: datetime, *, yes: bool) -> Said:
    try:
        if yes:
            casework.confirm(case=case, door="web", at=at, reason=request.POST.get("reason", ""))
            return {"said_now": _("It is closed because you say so. You can open it again.")}
        casework.dispute(case=case, door="web", at=at, reason=request.POST.get("reason", ""))
        return {"said_now": _("It is open again, one level up. See below who owes you what now.")}
    except casework.NothingProposed:
        return {"problem": _("There is nothing here that waits for your answer any more.")}


def _spoke(request: HttpRequest, case: Case, at: datetime) -> Said:
    return _contacted(case, at, yes=True)


def _nobody(request: HttpRequest, case: Case, at: datetime) -> Said:
    return _contacted(case, at, yes=False)


def _contacted(case: Case, at: datetime, *, yes: bool) -> Said:
    try:
        casework.answer_contact(case=case, spoke=yes, door="web", at=at)
    except casework.NothingAsked:
        return {"problem": _("There is nothing here that waits for your answer any more.")}
    if yes:
        return {"said_now": _("Thank you. The promise of a contact is kept, because you say so.")}
    return {"said_now": _("Noted: nobody spoke with you. Somebody senior must answer for it now.")}


def _withdraw(request: HttpRequest, case: Case, at: datetime) -> Said:
    casework.ask_withdrawal(case=case, door="web", at=at)
    return {"said_now": _("Your wish is noted. Nothing changes for 72 hours.")}


def _reopen(request: HttpRequest, case: Case, at: datetime) -> Said:
    try:
        casework.reopen(case=case, door="web", at=at, reason=request.POST.get("reason", ""))
    except casework.TooLate:
        return {"problem": _("It was closed more than 90 days ago. Please make a new report.")}
    return {"said_now": _("It is open again, one level up. See below who owes you what now.")}


def _not_me(request: HttpRequest, case: Case, at: datetime) -> Said:
    if not object_to_claims(case=case, at=at):
        return {"problem": _("There is nothing here that waits for your answer any more.")}
    return {"said_now": _("Noted: it was not you. Nobody gets a new receipt for that request.")}


def _contact(request: HttpRequest, case: Case, at: datetime) -> Said:
    phone = request.POST.get("phone", "").strip()
    hours = request.POST.get("safe_hours", "")
    typed = {"typed_phone": phone, "typed_hours": hours}
    if not phone:  # safe hours alone must not cost anybody the number we have
        return {"problem": _("Write the phone number too. Nothing was changed.")} | typed
    try:
        first, last = safe_hours(hours)
        wish = ContactWish(
            kind="phone", value=canonical_phone(phone), safe_from=first, safe_to=last
        )
    except HoursUnclear:
        return typed | {"problem": _("Write the safe hours like this: 14-16.")}
    except PhoneUnclear:
        return typed | {
            "problem": _("This phone number is not complete. Write it like 0300 1234567.")
        }
    reach.wish_contact(case=case, wish=wish, door="web", at=at)
    return {"said_now": _("From now on we reach you in this way.")}


def _forget(request: HttpRequest, case: Case, at: datetime) -> Said:
    reach.remove_contact(case=case, by="reporter", at=at)
    return {"said_now": _("We have no number of yours any more. The receipt is the only way.")}


_ACTS: dict[str, Callable[[HttpRequest, Case, datetime], Said]] = {
    "message": _message, "verdict-confirm": _confirm, "verdict-dispute": _dispute,
    "contact-yes": _spoke, "contact-no": _nobody, "withdraw": _withdraw, "reopen": _reopen,
    "contact": _contact, "forget": _forget, "not-me": _not_me, "listen": news_here.listen, "silence": news_here.silence,
}  # fmt: skip
