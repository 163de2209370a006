"""Notes of visits and of days at court, taken on a phone without network, come in later and in order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mohalla.foundation import clock
from mohalla.foundation.clock import told
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions, queries
from mohalla.station.casework.forms import FieldNoteForm
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.views.viewer import case_unopened, desk

KEY_LIMIT = 128


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def notes(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """GET: the references of one's own queue, to take along. POST: one note of a phone's queue."""
    if request.method == "POST":
        return _taken(request, viewer)
    owed = {row.subject for row in queries.queue(viewer) if row.room == ROOM}
    references = sorted(queries.cases_by_reference(viewer, owed))
    return render(request, "casework/notes.html", {"room": "notes", "references": references})


def _taken(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """It shows nothing of the case, so it asks for no fresh proof; a case of others is a 404."""
    at = clock.now()
    form = FieldNoteForm(request.POST, at=at)
    if not form.is_valid():
        return JsonResponse({}, status=422)
    case = case_unopened(viewer, request.POST.get("reference", ""))
    actions.note_once(
        case=case, officer=viewer.officer, kind=form.cleaned_data["kind"],
        text=form.cleaned_data["text"], key=request.POST.get("key", "")[:KEY_LIMIT], at=at,
        told_at=told.moment(request.POST.get("told_at", ""), at=at),
    )  # fmt: skip
    return JsonResponse({}, status=201)
