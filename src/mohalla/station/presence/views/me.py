"""`/desk/me/`: my passkeys, where I am signed in, and what happened around my account."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mohalla.foundation import clock
from mohalla.foundation.keys import queries as keys
from mohalla.foundation.people import actions, answer, ceremony, door, queries
from mohalla.foundation.people.models import Passkey
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.views.viewer import ask_for_proof, desk, proved
from mohalla.station.presence.views.prove import own

LATELY = timedelta(days=90)
NAME = 60  # characters of a passkey's name


@require_safe
@desk
def me(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is shown here has been told."""
    account, at = own(request), clock.now()
    context = {
        "room": "me", "account": account,
        "passkeys": queries.passkeys(account),
        "key_boxes": keys.held_by(viewer.officer, ()).boxes,
        "sessions": queries.sessions(account, at=at, limits=settings.LIMITS),
        "here": door.session_of(request),
        "notices": queries.notices(account, since=at - LATELY),
        "limits": {"idle": settings.LIMITS.idle.seconds // 60,
                   "most": int(settings.LIMITS.most.total_seconds()) // 3600},
    }  # fmt: skip
    answered = render(request, "presence/me.html", context)
    actions.tell_notices(account=account, at=at)
    return answered


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@desk
@proved
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A name for the passkey; the browser does the rest."""
    wrong, name = "", request.POST.get("name", "").strip()[:NAME]
    if request.method == "POST":
        try:
            actions.make_passkey(
                account=own(request), answer=answer.read(request), name=name or _("Passkey"),
                purpose="make", browser=door.browser_key(request), at=clock.now(),
            )  # fmt: skip
        except (ceremony.NotAccepted, actions.TooMany):
            wrong = _("No passkey was made. Try again, with another device if this one has one.")
        else:
            messages.success(request, _("The passkey is made. Sign in with it from now on."))
            return HttpResponseRedirect(reverse("me"))
    context = {"wrong": wrong, "name": name, "room": "me", **answer.place(request)}
    return render(request, "presence/passkey.html", context, status=422 if wrong else 200)


@require_POST
@desk
@proved
def question(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the browser asks a device to make."""
    if not ceremony.possible():
        return JsonResponse({}, status=404)
    try:
        asked = actions.ask_to_make(
            account=own(request), purpose="make", browser=door.browser_key(request), at=clock.now()
        )
    except actions.TooMany:
        return JsonResponse({}, status=409)
    return JsonResponse(asked)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def removal(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """Asked once more, then gone; it can be the last one: the code is left."""
    return remove(request, queries.passkeys(own(request)), key, back=reverse("me"))


def remove(request: HttpRequest, theirs: list[Passkey], key: UUID, *, back: str) -> HttpResponse:
    """The page that asks, and the removal; the same for who keeps accounts."""
    passkey = next((row for row in theirs if row.pk == key), None)
    if passkey is None:
        raise Http404
    ask_for_proof(request)
    if request.method == "POST":
        by, here = f"account:{request.user.pk}", door.session_of(request)
        but = here.pk if here else None
        actions.remove_passkey(passkey=passkey, by=by, at=clock.now(), but=but)
        messages.success(request, _("The passkey is removed. It opens nothing any more."))
        return HttpResponseRedirect(back)
    last = keys.lies_only_behind(passkey.pk)
    context = {"passkey": passkey, "back": back, "room": "me", "last_box": last}
    return render(request, "presence/removal.html", context)


@require_POST
@desk
def end(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """One session, at its next page; this one as well."""
    if not actions.end_session(session=key, account=own(request), why="by me", at=clock.now()):
        raise Http404
    messages.success(request, _("Ended."))
    return HttpResponseRedirect(reverse("me"))


@require_POST
@desk
def end_others(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All but this one."""
    here, account = door.session_of(request), own(request)
    actions.end_sessions(
        account=account.pk, why="by me", at=clock.now(), by=f"account:{account.pk}",
        but=here.pk if here else None,
    )  # fmt: skip
    messages.success(request, _("Ended."))
    return HttpResponseRedirect(reverse("me"))
