"""`/desk/alarms/`: what rings at the viewer's desks, and the strip that stands above every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mohalla.foundation import clock
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.views.viewer import desk, language, viewer_of
from mohalla.station.response import seen


@require_safe
@desk
def alarms(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All open ones."""
    context = {"room": "alarms", "lines": seen.lines(viewer, language(), clock.now())}
    return render(request, "response/alarms.html", context)


@require_safe
def strip(request: HttpRequest) -> HttpResponse:
    """For the script of a desk page, every few seconds. 401: nobody is signed in any more."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    lines = seen.lines(viewer_of(request), language(), clock.now())
    return render(request, "response/strip.html", {"lines": lines})
