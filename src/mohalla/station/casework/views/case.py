"""`/desk/cases/<reference>/`: the case on one page, its print."""

from __future__ import annotations

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mohalla.foundation import clock
from mohalla.foundation.text import visible
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.dossier import dossier
from mohalla.station.casework.offers import offers
from mohalla.station.casework.views import sealing
from mohalla.station.casework.views.viewer import desk, language, opened_case


@require_safe
@desk
def case(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
    """What was said, what is owed, what can be done."""
    return _read(request, viewer, reference, "casework/case.html")


@require_safe
@desk
def paper(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
    """Ready for the roznamcha: one sheet, with the reference as a QR and the text to copy."""
    return _read(request, viewer, reference, "casework/paper.html")


def _read(request: HttpRequest, viewer: Viewer, reference: str, template: str) -> HttpResponse:
    found, at = opened_case(request, viewer, reference), clock.now()
    seen = dossier(found, viewer, language=language(), at=at)
    context = {
        "case": found,
        "seen": seen,
        "offers": offers(found, viewer, seen, at=at),
        "mine": found.officer_id == viewer.officer,
        "at": at,
        "plain": {"words": visible(seen.words), "landmark": visible(seen.landmark)},
        "sealing": sealing.seen(found, viewer, language=language()),
        "qr": segno.make(found.reference, micro=False).svg_inline(
            omitsize=True, svgclass="qr", lineclass=None, border=1
        ),
    }
    return render(request, template, context)
