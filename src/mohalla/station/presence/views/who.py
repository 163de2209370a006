"""`/who/`: who is my officer. Public, printable, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mohalla.foundation import clock
from mohalla.foundation.places import queries as places
from mohalla.station.casework.views.viewer import language
from mohalla.station.presence import queries


@require_safe
def who(request: HttpRequest) -> HttpResponse:
    """The list of mohallas; with `?mohalla=` its card. An unknown one is the list again."""
    at = clock.now()
    known = places.mohallas(at)
    chosen = next((row for row in known if row.code == request.GET.get("mohalla")), None)
    context = {
        "places": sorted(((row.code, row.name(language())) for row in known), key=lambda p: p[1]),
        "chosen": chosen.code if chosen else "",
        "card": queries.card(chosen, at=at, language=language()) if chosen else None,
    }
    return render(request, "presence/who.html", context)
