"""Who looks at the desk, and the one way to a case from a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from mohalla.foundation import clock
from mohalla.foundation.people.models import Account
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer, viewer_at
from mohalla.station.casework import queries
from mohalla.station.casework.actions import PurposeWanted, note_reading
from mohalla.station.casework.models import Case

P = ParamSpec("P")
NOBODY = Viewer(officer=0, units=frozenset(), heads=frozenset())


def viewer_of(request: HttpRequest) -> Viewer:
    """The signed-in officer with the desks of this moment; an account of no officer has none."""
    account = request.user
    if not isinstance(account, Account) or account.officer_id is None:
        return NOBODY
    return viewer_at(units.directory(), officer=account.officer_id, at=clock.now())


def desk(
    view: Callable[Concatenate[HttpRequest, Viewer, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Signed in, or off to the sign-in page and back."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        try:
            return view(request, viewer_of(request), *args, **kwargs)
        except PurposeWanted:
            back = urlencode({"next": request.path})
            return HttpResponseRedirect(f"{reverse('desk:purpose')}?{back}")

    return guarded


def opened_case(viewer: Viewer, reference: str) -> Case:
    """The one door from a page to a case: who opens it is written down before it is shown.

    Unknown and hidden are the same answer.
    """
    try:
        case = queries.case_for(viewer, reference)
    except queries.CaseHidden:
        raise Http404 from None
    note_reading(case=case, viewer=viewer, at=clock.now())
    return case


def language() -> str:
    """Of the page; Urdu where nothing was chosen."""
    return get_language() or "ur"
