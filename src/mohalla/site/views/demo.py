"""The demonstration's own pages: 404 in any other installation."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mohalla.channels import keyed
from mohalla.channels.keyed import Pressed
from mohalla.channels.sms import embedded
from mohalla.channels.sms.setting import own_number
from mohalla.channels.ussd.views import shown
from mohalla.foundation import clock
from mohalla.foundation.people import door
from mohalla.foundation.people.models import Account, Officer, Session
from mohalla.site.demo.cast import RESIDENT_NAMES, RESIDENTS, SHOWN
from mohalla.site.schedule import run_due
from mohalla.site.views.greeting import greet

View = Callable[..., HttpResponse]


def _demo_only(view: View) -> View:
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request)

    # these are machine doors of a demonstration on loopback: no cookie of theirs is worth forging
    return csrf_exempt(guarded)


@_demo_only
def demo(request: HttpRequest) -> HttpResponse:
    """Who is who, as buttons."""
    cast = [
        {"code": code, "icon": icon, "name": _name(code), "who": who}
        for code, (icon, who) in SHOWN.items()
    ]
    return render(request, "site/demo.html", {"cast": cast})


@_demo_only
@require_http_methods(["POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """`{"as": "ali"}` sets the cookie; residents need none and go to their door."""
    code = str(_body(request).get("as", ""))
    if code in RESIDENTS:
        goal = f"{reverse('phone')}?number={RESIDENTS[code].replace('+', '%2B')}"
    else:
        account = Account.objects.filter(name=code, is_active=True).first()
        if account is None:
            raise Http404
        greet(request, account, refused=door.enter(request, account, means=Session.Means.DEMO))
        goal = reverse("people:overview") if account.officer_id is None else reverse("desk:queue")
    if _is_json(request):
        return JsonResponse({"as": code, "goal": goal})
    return HttpResponseRedirect(goal)


@_demo_only
@require_http_methods(["GET", "POST"])
def sms(request: HttpRequest) -> HttpResponse:
    """POST `{"from", "text"}`: type an SMS. GET `?number=`: what that phone shows."""
    if request.method == "POST":
        body = _body(request)
        _type(str(body.get("from", "")), str(body.get("text", "")))
        return JsonResponse({"messages": _thread(str(body.get("from", "")))}, status=201)
    run_due(at=clock.now())
    return JsonResponse({"messages": _thread(request.GET.get("number", ""))})


@_demo_only
@require_http_methods(["POST"])
def move_clock(request: HttpRequest) -> HttpResponse:
    """`{"advance": seconds}`: move the application's clock and run what is due."""
    try:
        seconds = float(_body(request).get("advance", 0))
    except (TypeError, ValueError):
        return JsonResponse({"error": "advance is a number of seconds"}, status=422)
    at = clock.advance(seconds)
    done = run_due(at=at)
    return JsonResponse({"now": at.isoformat(), "done": done})


@_demo_only
def phone(request: HttpRequest) -> HttpResponse:
    """A feature phone on the screen."""
    number = request.POST.get("from") or request.GET.get("number") or RESIDENTS["amina"]
    if request.method == "POST":
        _type(number, request.POST.get("text", ""))
        return HttpResponseRedirect(f"{request.path}?number={number.replace('+', '%2B')}")
    run_due(at=clock.now())
    phones = {value: str(RESIDENT_NAMES[code]) for code, value in RESIDENTS.items()}
    phones.setdefault(number, _("Another phone"))
    context = {
        "number": number,
        "phones": [
            {"number": value, "name": name, "shown": f"\u2066{value}\u2069"}
            for value, name in phones.items()
        ],
        "messages_seen": [
            {"mine": row["direction"] == "out", "text": row["text"], "at": row["when"]}
            for row in _thread(number, times=True)
        ],
        "service_number": own_number() or "1787",
        "now": clock.now(),
    }
    return render(request, "site/phone.html", context)


@_demo_only
def dial(request: HttpRequest) -> HttpResponse:
    """The same phone dialling the short code: keys and a screen, through the same door as a carrier's."""
    number = request.POST.get("from") or request.GET.get("number") or RESIDENTS["amina"]
    session = request.POST.get("session") or uuid4().hex
    given = tuple(request.POST.getlist("given"))
    if request.method == "POST" and "text" in request.POST:
        given = (*given, request.POST["text"])
    at = clock.now()
    run_due(at=at)
    with transaction.atomic():
        turn = keyed.handler()(
            pressed=Pressed(door="ussd", session=session, number=number, given=given), at=at
        )
    _open, _space, words = shown(turn).partition(" ")
    context = {
        "number": number, "session": session, "given": given, "words": words, "over": turn.over,
        "service_number": own_number() or "1787", "now": at,
    }  # fmt: skip
    return render(request, "site/dial.html", context)


def _type(number: str, text: str) -> None:
    at = clock.now()
    embedded.type_text(number=number, text=text, at=at)
    run_due(at=at)


def _thread(number: str, *, times: bool = False) -> list[dict[str, Any]]:
    return [
        {
            "direction": row.direction,
            "text": row.text,
            "at": row.at.isoformat(),
            **({"when": row.at} if times else {}),
        }
        for row in embedded.thread(number=number)
    ]


def _name(code: str) -> str:
    if code in RESIDENT_NAMES:
        return str(RESIDENT_NAMES[code])
    account = Account.objects.select_related("officer").filter(name=code).first()
    if account is None or account.officer is None:
        return {"naveed": _("Naveed")}.get(code, code)
    officer: Officer = account.officer
    return officer.name(get_language() or "ur")


def _is_json(request: HttpRequest) -> bool:
    return bool(request.content_type == "application/json")


def _body(request: HttpRequest) -> dict[str, Any]:
    if not _is_json(request):
        return dict(request.POST.items())
    try:
        found = json.loads(request.body or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
