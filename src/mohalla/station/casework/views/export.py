"""`/desk/export.xlsx`"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mohalla.foundation import clock
from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import exports
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.views.viewer import desk, language, proved

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@desk
@proved
def export(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """That somebody took a list away is written down."""
    at = clock.now()
    ledger.record(what="exported", room=ROOM, subject="desk", by=viewer.by, at=at)
    body = exports.workbook(viewer, language=language(), at=at)
    response = HttpResponse(body, content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="cases.xlsx"'
    return response
