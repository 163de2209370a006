"""`/desk/`: everything that is owed, the oldest promise first; danger stands above every page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mohalla.foundation import clock
from mohalla.foundation.jobs import signs
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions, figures, names, queries
from mohalla.station.casework.forms import ShiftForm
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.names import Choices
from mohalla.station.casework.views import refusals
from mohalla.station.casework.views.viewer import desk, language

SOON = timedelta(hours=2)


@require_safe
@desk
def queue(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """About ten statements, whatever the number of reports."""
    at = clock.now()
    broken = figures.broken_in_open_cases(viewer)
    context = {
        "room": "queue",
        "lines": lines(viewer, queries.queue(viewer), broken, at=at),
        "load": figures.load(viewer, broken=broken, at=at),
        "two_way": figures.two_way(viewer, at=at),
        "shift": bool(viewer.units),
        "spend_stopped": signs.state("spending") == "stopped",
    }
    return render(request, "casework/queue.html", context)


def lines(
    viewer: Viewer, owed: list[Promise], broken: dict[str, list[Promise]], *, at: datetime
) -> list[dict[str, Any]]:
    """Rows of the queue: open promises, and cases where only broken ones are left, oldest first."""
    directory = units.directory()
    open_in = {promise.subject for promise in owed if promise.room == ROOM}
    left = [rows[0] for subject, rows in broken.items() if subject not in open_in]
    rows = sorted([*owed, *left], key=lambda promise: promise.due_at)
    cases = queries.cases_by_reference(viewer, {row.subject for row in rows if row.room == ROOM})
    shown = []
    for promise in rows:
        case = cases.get(promise.subject)
        if case is None and promise.room == ROOM:
            continue  # what may not be opened is not listed
        line = _line(case, viewer) if case else {"reference": promise.subject}
        late = promise.due_at < at and promise.rests_since is None
        shown.append(
            line
            | {
                "owed": names.promise(promise.kind, language()),
                "due_at": promise.due_at,
                "late": late,
                "missed": bool(broken.get(promise.subject)),
                "resting": promise.rests_since is not None,
                "tone": "late" if late else "soon" if promise.due_at < at + SOON else "",
                "mine": promise.officer_id == viewer.officer,
                "owner": names.officer(directory, promise.officer_id, language()),
            }
        )
    return shown


def _line(case: Case, viewer: Viewer) -> dict[str, Any]:
    return {
        "case": case,
        "reference": case.reference,
        "category": names.category(case, language()),
        "place": case.place.name(language()) if case.place else _("place not known yet"),
        "sensitivity": case.sensitivity,
        "opened_at": case.opened_at,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def shift(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """End of the shift: all my open cases of one desk to a colleague, with one note."""
    at = clock.now()
    form = ShiftForm(request.POST or None, at=at, **_shift_choices(viewer, at))
    if request.method == "POST" and form.is_valid():
        try:
            moved = _hand_all(viewer, form.cleaned_data, at)
        except refusals.CAUGHT as refusal:
            refusals.place(form, refusal)
        else:
            messages.success(request, _("Handed over: {count}.").format(count=moved))
            return HttpResponseRedirect(reverse("desk:queue"))
    status = 422 if request.method == "POST" else 200
    return render(request, "casework/shift.html", {"form": form, "room": "queue"}, status=status)


def _shift_choices(viewer: Viewer, at: datetime) -> dict[str, Choices]:
    directory = units.directory()
    officers: dict[str, str] = {}
    for key in viewer.units:
        officers |= dict(
            names.colleagues(
                directory, key, at=at, language=language(), without=frozenset({viewer.officer})
            )
        )
    return {
        "units": [(str(key), names.unit(directory, key, language())) for key in viewer.units],
        "officers": sorted(officers.items(), key=lambda pair: pair[1]),
    }


def _hand_all(viewer: Viewer, said: dict[str, Any], at: datetime) -> int:
    """A case that the colleague may not see stays, and says so by staying in the queue."""
    unit, to = int(said["unit"]), int(said["to_officer"])
    there = {row.officer for row in units.directory().postings_at(unit, at)}
    if to not in there:
        raise actions.DecisionRefused("officer")
    return actions.hand_over_all(
        references=figures.own_references(viewer, unit=unit), to_officer=to,
        officer=viewer.officer, note=said["note"], by=viewer.by, at=at,
    )  # fmt: skip
