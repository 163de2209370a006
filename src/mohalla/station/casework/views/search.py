"""`/desk/search/`: references, numbers, and the words of what is not confidential."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import names, queries
from mohalla.station.casework.views.viewer import desk, language

LONGEST = 200


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def search(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """POST keeps the words out of addresses and logs; GET is for links with a reference."""
    given = request.POST if request.method == "POST" else request.GET
    query = given.get("q", "").replace("\0", "").strip()[:LONGEST]
    found = queries.search(viewer, query) if query else []
    rows = [
        {
            "case": case,
            "category": names.category(case, language()),
            "place": case.place.name(language()) if case.place else "",
        }
        for case in found
    ]
    context = {"query": query, "rows": rows, "room": "search"}
    return render(request, "casework/search.html", context)
