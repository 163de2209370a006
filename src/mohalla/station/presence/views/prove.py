"""`/desk/prove/`: who sits there proves it again, by passkey or code, and goes back to the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mohalla.foundation import clock, limiter
from mohalla.foundation.people import actions, answer, ceremony, door, queries
from mohalla.foundation.people.models import Account, Session
from mohalla.foundation.text import ascii_digits
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.views.viewer import desk

TOO_LATE = 429


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@desk
def prove(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Only the page is opened again afterwards: what was sent to it is never sent by itself."""
    account, wrong = own(request), ""
    if request.method == "POST":
        means = _proof(request, account)
        if means:
            door.prove(request, means=means)
            return HttpResponseRedirect(_back(request))
        wrong = _("That was not right, or came too late. Try again.")
    context: dict[str, Any] = {
        "next": _back(request), "wrong": wrong, "minutes": settings.LIMITS.proof.seconds // 60,
        "has_passkey": bool(queries.passkeys(account)), "has_code": bool(account.totp_sealed),
        **answer.place(request),
    }  # fmt: skip
    return render(request, "presence/prove.html", context, status=422 if wrong else 200)


@require_POST
@desk
def question(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the browser asks this officer's own passkeys for."""
    if not ceremony.possible() or limiter.wait(request, what="passkey"):
        return JsonResponse({}, status=TOO_LATE)
    asked = actions.ask_to_show(
        purpose="prove", browser=door.browser_key(request), account=own(request), at=clock.now()
    )
    return JsonResponse(asked)


def own(request: HttpRequest) -> Account:
    """The account that is signed in; only behind `desk`."""
    account: Account = Account.objects.select_related("officer").get(pk=request.user.pk)
    return account


def _proof(request: HttpRequest, account: Account) -> str:
    """How it was proved; empty where it was not."""
    at = clock.now()
    if "answer" not in request.POST:
        code = ascii_digits(request.POST.get("code", "")).replace(" ", "")[:12]
        right = actions.check_code(account=account, code=code, at=at)
        return str(Session.Means.PASSWORD) if right else ""
    try:
        actions.show_passkey(
            purpose="prove", browser=door.browser_key(request), account=account,
            answer=answer.read(request), at=at,
        )  # fmt: skip
    except ceremony.NotAccepted:
        return ""
    return str(Session.Means.PASSKEY)


def _back(request: HttpRequest) -> str:
    back = request.POST.get("next") or request.GET.get("next") or reverse("desk:queue")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if safe else reverse("desk:queue")
