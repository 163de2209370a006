"""The petition as a sheet to print and as plain text; opened by `/track/` with the receipt only."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from mohalla.foundation import clock
from mohalla.stages.access.queries import petition as query
from mohalla.station.casework.models import Case


def sheet(request: HttpRequest, case: Case, receipt: str) -> HttpResponse:
    """The page, or with `as=text` a file for any phone. Raises `NoGrievance`."""
    made = query.petition(
        case, to=request.POST.get("to", ""), language=get_language() or "ur", at=clock.now()
    )
    if request.POST.get("as") != "text":
        context = {"p": asdict(made), "receipt": receipt}
        return render(request, "access/track/petition.html", context)
    response = render(
        request,
        "access/track/petition.txt",
        {"p": asdict(made)},
        content_type="text/plain; charset=utf-8",
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{made.reference}.txt"'
    return response
