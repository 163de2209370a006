"""`/help/`: help by one press. One address for all of it, so that history shows none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from math import isfinite
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from mohalla.channels.sms.setting import own_number
from mohalla.foundation import clock, limiter
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.reports.submission import ContactWish
from mohalla.stages.access.actions import card as cards
from mohalla.stages.access.actions import reach, rehearse, trusted
from mohalla.stages.access.actions.call_for_help import Spot, add_place, call_for_help
from mohalla.stages.access.queries import helped, tracked
from mohalla.stages.access.rules.phones import PhoneUnclear, canonical_phone
from mohalla.stages.access.views import draft as drafts
from mohalla.station.casework.models import Case
from mohalla.station.response import actions as response

MOST_WORDS = 300
Said = dict[str, Any]


@sensitive_post_parameters()
def help_now(request: HttpRequest) -> HttpResponse:
    """GET: the button. POST: the call, or with its receipt what is asked of it."""
    if request.method != "POST":
        return _page(request)
    wait = limiter.wait(request, what="help")
    if wait:
        words = _(
            "Very many calls come from your line just now. Call the number below, or any station."
        )
        answer = _page(request, problem=words, status=429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    rehearsed = rehearse.shown(request.headers.get(rehearse.HEADER, ""))
    if rehearsed is not None:
        return _rehearsed(request)
    if "receipt" in request.POST:
        return _with_receipt(request)
    return _press(request, clock.now())


def _page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    typed = {name: request.POST.get(name, "")[:MOST_WORDS] for name in ("words", "phone")}
    context = {
        "key": request.POST.get("key") or drafts.fresh_key(),
        "number": own_number(),
        "problem": problem,
        "typed": typed,
    }
    return render(request, "access/help/press.html", context, status=status)


def _press(request: HttpRequest, at: datetime) -> HttpResponse:
    """Whatever is wrong with what else was typed: the call goes out."""
    words, phone = request.POST.get("words", "")[:MOST_WORDS], ""
    problem = ""
    if request.POST.get("phone", "").strip():
        try:
            phone = canonical_phone(request.POST["phone"].strip()[:40])
        except PhoneUnclear:
            problem = _("Help is called. The phone number could not be read: write it below again.")
            words = f"{words} {request.POST['phone'][:40]}".strip()
    kept = call_for_help(
        door="web", language=get_language() or "ur", words=words, spot=_spot(request),
        phone=phone, key=request.POST.get("key", "")[:128] or drafts.fresh_key(), at=at,
    )  # fmt: skip
    case = Case.objects.select_related("report", "unit", "place").get(pk=kept.report)
    unknown = _tell_trusted(request, case, words, at)  # whatever else was typed wrong
    problems = [each for each in (problem, unknown) if each]
    return _raised(request, case, kept.receipt, {"problem": " ".join(problems)})


def _rehearsed(request: HttpRequest) -> HttpResponse:
    """Ourselves, once a day: the whole call, taken back. 204: it would have rung."""
    try:
        rehearse.rung(lambda: _press(request, clock.now()), at=clock.now())
    except rehearse.Silent:
        return HttpResponse(status=503)
    return HttpResponse(status=204)


def _tell_trusted(request: HttpRequest, case: Case, place: str, at: datetime) -> str:
    """With the number of a card, or none; guessing one is limited as guessing receipts is."""
    typed = request.POST.get("card", "").strip()[:60]
    if not typed:
        return ""
    card = None if limiter.due(request, what="receipt") else cards.by_number(typed)
    if card is None:
        limiter.wait(request, what="receipt")
        return _("Help is called. We know no card with this number: nobody else was told.")
    trusted.use_card(case=case, card=card, place=place, at=at)
    return ""


def _with_receipt(request: HttpRequest) -> HttpResponse:
    """Only wrong receipts are counted: whoever is in danger looks again and again."""
    typed = request.POST.get("receipt", "")
    case = tracked.of_receipt(typed)
    if case is None:
        wait = limiter.wait(request, what="receipt")
        words = _("We know no call with this receipt. Press the button to call now.")
        return _page(request, problem=words, status=429 if wait else 404)
    at = clock.now()
    act = _ACTS.get(request.POST.get("do", ""))
    said = act(request, case, at) if act else {}
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(helped.told(case))
    case.refresh_from_db()
    return _raised(request, case, typed, said)


def _raised(request: HttpRequest, case: Case, receipt: str, said: Said) -> HttpResponse:
    context = {
        "case": case, "receipt": receipt, "number": own_number(),
        "seen": helped.seen(case, get_language() or "ur", clock.now()), "told": helped.told(case),
        "asks_word": trusted.has_words(case), "reachable": reports.contact_of(case.report) is not None, **said,
    }  # fmt: skip
    return render(request, "access/help/raised.html", context)


def _where(request: HttpRequest, case: Case, at: datetime) -> Said:
    words = request.POST.get("words", "").strip()[:MOST_WORDS]
    if not words:
        return {"problem": _("Write a place near you, then press again.")}
    add_place(case=case, words=words, door="web", at=at)
    return {"said_now": _("They have it.")}


def _phone(request: HttpRequest, case: Case, at: datetime) -> Said:
    typed = request.POST.get("phone", "").strip()[:40]
    try:
        wish = ContactWish(kind="phone", value=canonical_phone(typed), way="call")
    except PhoneUnclear:
        return {"problem": _("This phone number is not complete. Write it like 0300 1234567.")}
    reach.wish_contact(case=case, wish=wish, door="web", at=at)
    return {"said_now": _("They have it.")}


def _shown(request: HttpRequest, case: Case, at: datetime) -> Said:
    spot = _spot(request)
    if spot is not None:
        response.show_place(case=case, lat=spot[0], lon=spot[1], radius=spot[2], at=at)
    return {}


def _hide(request: HttpRequest, case: Case, at: datetime) -> Said:
    response.stop_place(case=case, at=at)
    return {"said_now": _("Your place is not shown any more; what we had is deleted.")}


def _safe(request: HttpRequest, case: Case, at: datetime) -> Said:
    word = request.POST.get("word", "").strip()[:40]
    trusted.say_safe(case=case, word=word, door="web", at=at)
    return {"said_now": _("Good that you are safe. Somebody still asks you once, to be sure.")}


def _spot(request: HttpRequest) -> Spot | None:
    """What the phone told of its place; nonsense is no place."""
    try:
        lat, lon = float(request.POST.get("lat", "")), float(request.POST.get("lon", ""))
        radius = float(request.POST.get("radius") or 0)
    except ValueError:
        return None
    good = all(map(isfinite, (lat, lon, radius))) and -90 <= lat <= 90 and -180 <= lon <= 180
    return (lat, lon, radius) if good else None


_ACTS: dict[str, Callable[[HttpRequest, Case, datetime], Said]] = {
    "where": _where, "phone": _phone, "shown": _shown, "hide": _hide, "safe": _safe,
}  # fmt: skip
