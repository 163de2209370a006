"""Who looks at the desk, and the one way to a case from a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from mohalla.foundation import clock
from mohalla.foundation.people import door
from mohalla.foundation.people.models import Account
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer, viewer_at
from mohalla.station.casework import queries
from mohalla.station.casework.actions import PurposeWanted, note_reading
from mohalla.station.casework.models import Case

P = ParamSpec("P")
NOT_KEPT = {"csrfmiddlewaretoken", "password"}  # typed again, or made anew
VIEWER = "mohalla.viewer"  # who looks, found once for a request
OPEN = "C1"  # the class that needs no fresh proof
NOBODY = Viewer(officer=0, units=frozenset(), heads=frozenset())


class ProofNeeded(Exception):
    """Whoever sits there must prove it again before this; `desk` sends there and back."""


def viewer_of(request: HttpRequest) -> Viewer:
    """The signed-in officer with the desks of this moment; an account of no officer has none."""
    kept = request.META.get(VIEWER)
    if isinstance(kept, Viewer):
        return kept
    account = request.user
    if not isinstance(account, Account) or account.officer_id is None:
        return NOBODY
    found = viewer_at(units.directory(), officer=account.officer_id, at=clock.now())
    request.META[VIEWER] = found
    return found


def desk(
    view: Callable[Concatenate[HttpRequest, Viewer, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Signed in, or off to the sign-in page and back; proof or purpose where the view asks for it."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        try:
            return view(request, viewer_of(request), *args, **kwargs)
        except ProofNeeded:
            return _unproved(request)
        except PurposeWanted:
            back = urlencode({"next": request.path})
            return HttpResponseRedirect(f"{reverse('desk:purpose')}?{back}")

    return guarded


def proved(
    view: Callable[Concatenate[HttpRequest, Viewer, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Viewer, P], HttpResponseBase]:
    """Only with a fresh proof; stands below `desk`, and below whatever answers 404."""

    @wraps(view)
    def guarded(
        request: HttpRequest, viewer: Viewer, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        ask_for_proof(request)
        return view(request, viewer, *args, **kwargs)

    return guarded


def ask_for_proof(request: HttpRequest) -> None:
    """Raises `ProofNeeded` where the last proof is too old."""
    if not door.is_fresh(request):
        raise ProofNeeded


def _unproved(request: HttpRequest) -> HttpResponse:
    """To the proof and back. What was typed is kept on the page, and sent by its own button only."""
    proof = f"{reverse('prove')}?{urlencode({'next': request.get_full_path()})}"
    if request.method != "POST":
        return HttpResponseRedirect(proof)
    typed = [
        (name, text)
        for name, texts in request.POST.lists()
        for text in texts
        if name not in NOT_KEPT
    ]
    context = {"proof": proof, "typed": typed, "files": bool(request.FILES)}
    return render(request, "casework/unproved.html", context, status=403)


def _to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    answer = redirect_to_login(request.get_full_path())
    why = request.META.get(door.ENDED)
    return HttpResponseRedirect(f"{answer.url}&{urlencode({'why': why})}") if why else answer


def opened_case(request: HttpRequest, viewer: Viewer, reference: str) -> Case:
    """The one way to what a case holds: who opens it is written down before anything is shown.

    Confidential ones are opened with a fresh proof only. What is hidden is refused first: that a
    proof is asked for says nothing to a stranger.
    """
    case = case_unopened(viewer, reference)
    if case.sensitivity != OPEN:
        ask_for_proof(request)
    note_reading(case=case, viewer=viewer, at=clock.now())
    return case


def case_unopened(viewer: Viewer, reference: str) -> Case:
    """For an act that shows nothing of it. Unknown and hidden are the same answer."""
    try:
        return queries.case_for(viewer, reference)
    except queries.CaseHidden:
        raise Http404 from None


def language() -> str:
    """Of the page; Urdu where nothing was chosen."""
    return get_language() or "ur"
