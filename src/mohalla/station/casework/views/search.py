"""`/desk/search/`: references, numbers, and the words of what is not confidential.

`/desk/search/sealed`: the words of sealed cases, which only the browser of a holder can open. What
is looked for never comes here; that the cases were looked through is written down for each of them.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mohalla.foundation import clock
from mohalla.foundation.clock.dates import short_date
from mohalla.foundation.keys import queries as keys
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions, names, queries
from mohalla.station.casework.forms import SealedSearchForm
from mohalla.station.casework.models import Case
from mohalla.station.casework.views.viewer import desk, language, proved

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


@require_http_methods(["GET", "HEAD", "POST"])
@desk
@proved
def sealed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """First what for; then a page of sealed cases for the browser, each with its entry."""
    at = clock.now()
    form = SealedSearchForm(request.POST or None, at=at)
    context: dict[str, Any] = {"form": form, "room": "search"}
    if request.method == "POST" and form.is_valid():
        skip = form.cleaned_data["skip"] or 0
        found = queries.sealed(viewer, skip=skip)
        actions.note_search(cases=found, viewer=viewer, purpose=form.cleaned_data["purpose"], at=at)
        holder = keys.held_by(viewer.officer, viewer.units)
        context |= {
            "holder": holder,
            "found": _wire(found, holder, language()),
            "searching": True,
            "count": len(found),
            "older": skip + len(found) if len(found) == queries.QUEUE_PAGE else None,
        }
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "casework/search_sealed.html", context, status=status)


def _wire(found: list[Case], holder: Any, said: str) -> list[dict[str, Any]]:
    """`keys` and `words` are armoured age files; see `reports.SealedTexts`."""
    mine = {version.id for chain in holder.desks for version in chain.versions}
    texts = reports.sealed_texts([case.report for case in found], mine)
    return [
        {
            "reference": case.reference,
            "address": reverse("desk:case", args=[case.reference]),
            "matter": names.category(case, said),
            "received": short_date(case.opened_at, said),
            "keys": texts[case.report_id].keys,
            "words": texts[case.report_id].words,
        }
        for case in found
    ]
