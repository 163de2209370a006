"""`/sign-in/invitation/`: a new officer makes the first passkey with the digits of the keeper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mohalla.foundation import clock, limiter
from mohalla.foundation.people import actions as people
from mohalla.foundation.people import answer, ceremony, door
from mohalla.foundation.people.models import Session
from mohalla.site.views.errors import limit
from mohalla.site.views.greeting import greet

NAME = 60  # characters of a passkey's name


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """The digits and the answer of the passkey come together; then the officer is signed in."""
    wrong = ""
    if request.method == "POST":
        wait = limiter.wait(request, what="sign_in")
        if wait:
            return limit(request, retry_after=wait)
        at = clock.now()
        found = people.invited(digits=request.POST.get("digits", ""), at=at)
        try:
            if found is None:
                raise ceremony.NotAccepted("invitation")
            passkey = people.accept_invitation(
                invitation=found, answer=answer.read(request), browser=door.browser_key(request),
                name=request.POST.get("name", "").strip()[:NAME] or _("First passkey"), at=at,
            )  # fmt: skip
        except (ceremony.NotAccepted, people.TooMany):
            wrong = _("These digits do not open anything any more, or no passkey was made. Ask whoever keeps accounts for new ones.")  # fmt: skip
        else:
            means = Session.Means.PASSKEY
            refused = door.enter(request, found.account, means=means, passkey=passkey)
            greet(request, found.account, refused=refused)
            return HttpResponseRedirect(reverse("me"))
    context = {"wrong": wrong, **answer.place(request)}
    return render(request, "site/invitation.html", context, status=422 if wrong else 200)


@sensitive_post_parameters()
@require_POST
def question(request: HttpRequest) -> HttpResponse:
    """What the browser asks a device to make; only with digits that are open."""
    wait = limiter.wait(request, what="sign_in")
    if wait:
        return limit(request, retry_after=wait)
    at = clock.now()
    found = people.invited(digits=request.POST.get("digits", ""), at=at)
    if found is None or not ceremony.possible():
        return JsonResponse({}, status=404)
    try:
        asked = people.ask_to_make(
            account=found.account, purpose="invited", browser=door.browser_key(request), at=at
        )
    except people.TooMany:
        return JsonResponse({}, status=404)
    return JsonResponse(asked)
