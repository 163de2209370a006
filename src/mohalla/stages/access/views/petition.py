"""The petition as a sheet to print, as PDF and as plain text; opened by `/track/` with the receipt only."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mohalla.foundation import clock, paper
from mohalla.stages.access.queries import petition as query
from mohalla.stages.access.views import qr
from mohalla.station.casework.models import Case


def sheet(request: HttpRequest, case: Case, receipt: str) -> HttpResponse:
    """The page, or with `as=text` or `as=pdf` a file. Raises `NoGrievance`."""
    made = query.petition(
        case, to=request.POST.get("to", ""), language=get_language() or "ur", at=clock.now()
    )
    context: dict[str, Any] = {
        "p": asdict(made),
        "receipt": receipt,
        "qr": qr.drawn(made.proof.short) if made.proof else "",
        "language": get_language() or "ur",
    }
    if request.POST.get("as") == "text":
        body = render_to_string("access/track/petition.txt", {"p": context["p"]})
        return _file(body.encode(), f"{made.reference}.txt", "text/plain; charset=utf-8")
    if request.POST.get("as") == "pdf":
        page = render_to_string("access/track/petition_paper.html", context)
        try:
            font = Path(settings.STATICFILES_DIRS[0]) / "fonts/nastaliq.woff2"
            return _file(paper.pdf(page, fonts=[font]), f"{made.reference}.pdf", "application/pdf")
        except paper.NoPaper:
            context["problem"] = _("No PDF can be made here just now. Print this page instead.")
    return render(request, "access/track/petition.html", context)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
