"""`/desk/decisions/`: what is late, once a day, in one batch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mohalla.foundation import clock
from mohalla.foundation.promises.models import Promise
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.directory import Directory
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions, figures, names, queries, readings
from mohalla.station.casework.forms import DecisionForm
from mohalla.station.casework.models import Case
from mohalla.station.casework.views import refusals
from mohalla.station.casework.views.viewer import desk, language


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def decisions(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One form for each thing that is late; one decision a POST."""
    at = clock.now()
    owed, directory = figures.decisions(viewer), units.directory()
    cases = queries.cases_by_reference(viewer, {promise.subject for promise in owed})
    forms = [
        (
            promise,
            cases[promise.subject],
            _form(request, directory, promise, cases[promise.subject], at),
        )
        for promise in owed
        if promise.subject in cases
    ]
    for promise, case, form in forms:
        if form.is_bound and form.is_valid():
            try:
                _decide(viewer, promise, case, form.cleaned_data, at)
            except refusals.CAUGHT as refusal:
                refusals.place(form, refusal)
            else:
                messages.success(request, _("Decided; the reporter hears of it."))
                return HttpResponseRedirect(reverse("desk:decisions"))
    rows = [_row(directory, promise, case, form, at) for promise, case, form in forms]
    wrong = request.method == "POST"
    context = {
        "rows": rows,
        "room": "decisions",
        "stale": wrong and not _bound(forms),
        "outside": readings.watches(directory, viewer),
    }
    return render(request, "casework/decisions.html", context, status=422 if wrong else 200)


def _bound(forms: list[tuple[Promise, Case, DecisionForm]]) -> bool:
    return any(form.is_bound for _promise, _case, form in forms)


def _form(
    request: HttpRequest, directory: Directory, promise: Promise, case: Case, at: datetime
) -> DecisionForm:
    own = actions.desk_of(promise, case)
    officers = names.colleagues(directory, own, at=at, language=language()) if own else []
    key = str(promise.pk)
    posted = request.method == "POST" and request.POST.get("promise") == key
    return DecisionForm(
        request.POST if posted else None,
        at=at, officers=officers, initial={"promise": key}, auto_id=f"id_{key[-6:]}_%s",
    )  # fmt: skip


def _decide(
    viewer: Viewer, promise: Promise, case: Case, said: dict[str, Any], at: datetime
) -> None:
    actions.decide(
        promise=promise, case=case, officer=viewer.officer, choice=said["choice"], at=at,
        to_officer=int(said["to_officer"]) if said["to_officer"] else None,
        due_at=said["due_at"], reason=said["reason"],
    )  # fmt: skip


def _row(
    directory: Directory, promise: Promise, case: Case, form: DecisionForm, at: datetime
) -> dict[str, Any]:
    broken = actions.late_promise(promise)
    return {
        "form": form,
        "case": case,
        "category": names.category(case, language()),
        "owed": names.promise(broken.kind, language()) if broken else _("reopened"),
        "broken_at": broken.due_at if broken else None,
        "owner": names.officer(directory, broken.officer_id if broken else None, language()),
        "due_at": promise.due_at,
        "late": promise.due_at < at,
    }
