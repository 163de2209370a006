"""`/desk/alarms/`: what rings at the viewer's desks, and the strip that stands above every page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mohalla.foundation import clock
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.views.viewer import desk, language
from mohalla.station.response import seen


@require_safe
@desk
def alarms(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All open ones."""
    context = {"room": "alarms", "lines": seen.lines(viewer, language(), clock.now())}
    return render(request, "response/alarms.html", context)


@require_safe
@desk
def strip(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """For the script of a desk page, every few seconds; sent to the sign-in page it says so aloud."""
    lines = seen.lines(viewer, language(), clock.now())
    return render(request, "response/strip.html", {"lines": lines})
