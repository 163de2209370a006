"""`/desk/shortage/`: what was late for want of men and vehicles, added up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mohalla.foundation import clock
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import figures, names
from mohalla.station.casework.views.viewer import desk, language


@require_safe
@desk
def shortage(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Counts only: the reasons stand in the files of the cases."""
    directory = units.directory()
    rows = [
        {"desk": names.unit(directory, row.unit, language()), "counted": row}
        for row in figures.shortages(viewer, directory, at=clock.now())
    ]
    return render(request, "casework/shortage.html", {"rows": rows, "room": "decisions"})
