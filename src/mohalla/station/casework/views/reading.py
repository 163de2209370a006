"""`/desk/purpose/`: why more than usual must be read. `/desk/readings/`: who outside looks at that."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from mohalla.foundation import clock
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions, names, readings
from mohalla.station.casework.forms import PurposeForm
from mohalla.station.casework.views.viewer import desk, language


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def purpose(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Stated once it holds for an hour; the body outside reads it."""
    at = clock.now()
    form = PurposeForm(request.POST or None, at=at)
    if request.method == "POST" and form.is_valid():
        actions.state_purpose(viewer=viewer, purpose=form.cleaned_data["purpose"], at=at)
        return HttpResponseRedirect(_back(request))
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    status = 422 if request.method == "POST" else 200
    return render(request, "casework/purpose.html", context, status=status)


@require_safe
@desk
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """For a body outside the force; for everybody else it is not there."""
    directory, at = units.directory(), clock.now()
    if not readings.watches(directory, viewer):
        raise Http404
    context = {
        "room": "decisions",
        "odd": [
            {"row": row, "officer": names.officer(directory, row.officer, language())}
            for row in readings.odd(at=at)
        ],
        "stated": [
            {"row": row, "officer": names.officer(directory, row.officer, language())}
            for row in readings.stated(at=at)
        ],
    }
    return render(request, "casework/readings.html", context)


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if here and wanted.startswith("/") else reverse("desk:queue")
