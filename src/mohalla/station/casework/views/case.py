"""`/desk/cases/<reference>/`: the case on one page, its print, its files."""

from __future__ import annotations

from uuid import UUID

import segno
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mohalla.foundation import clock, files
from mohalla.foundation.text import visible
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions
from mohalla.station.casework.dossier import dossier
from mohalla.station.casework.offers import offers
from mohalla.station.casework.views.viewer import case_or_404, desk, language


@require_safe
@desk
def case(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
    """Reading a confidential case is written down: who, and when."""
    return _read(request, viewer, reference, "casework/case.html")


@require_safe
@desk
def paper(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
    """Ready for the roznamcha: one sheet, with the reference as a QR and the text to copy."""
    return _read(request, viewer, reference, "casework/paper.html")


def _read(request: HttpRequest, viewer: Viewer, reference: str, template: str) -> HttpResponse:
    found, at = case_or_404(viewer, reference), clock.now()
    actions.note_reading(case=found, officer=viewer.officer, at=at)
    seen = dossier(found, viewer, language=language())
    context = {
        "case": found,
        "seen": seen,
        "offers": offers(found, viewer, seen, at=at),
        "mine": found.officer_id == viewer.officer,
        "at": at,
        "plain": {"words": visible(seen.words), "landmark": visible(seen.landmark)},
        "qr": segno.make(found.reference, micro=False).svg_inline(
            omitsize=True, svgclass="qr", lineclass=None, border=1
        ),
    }
    return render(request, template, context)


@require_safe
@desk
def attachment(request: HttpRequest, viewer: Viewer, reference: str, key: UUID) -> HttpResponseBase:
    """One original of this case; the type was told from its bytes, and nothing in it may run."""
    found = case_or_404(viewer, reference)
    row = found.report.attachments.filter(pk=key).first()
    if row is None or not files.path_of(row.sha256).exists():
        raise Http404
    actions.note_reading(case=found, officer=viewer.officer, at=clock.now())
    response = FileResponse(files.opened(row.sha256), content_type=row.media_type)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Content-Disposition"] = "inline"
    return response
