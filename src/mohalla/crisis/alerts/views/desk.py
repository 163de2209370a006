"""`/desk/alerts/`: write, send, stop; `/desk/notices/`: what went out, and what is held back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from mohalla.channels.notices import queries as notices
from mohalla.crisis.alerts import actions, preview, queries
from mohalla.crisis.alerts.forms import AlertForm, StopForm
from mohalla.crisis.alerts.models import Alert
from mohalla.crisis.alerts.rules import sending
from mohalla.foundation import clock
from mohalla.foundation.places import queries as places
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.views.viewer import desk, language

SAID = {
    "state": gettext_lazy("Somebody was faster: it is out, stopped or over already."),
    "area": gettext_lazy("Your desks do not cover all of these mohallas."),
    "tired": gettext_lazy(
        "One of these mohallas has had three alerts in 24 hours. Only danger goes out."
    ),
    "junior": gettext_lazy("Danger is sent by an ASI or above."),
    "second": gettext_lazy("A second person must send this: it goes to many."),
    "head": gettext_lazy("The second person is the head of the unit, or of one above it."),
    "related": gettext_lazy("Not by a relative of whoever wrote it."),
}


@require_safe
@desk
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The alerts of the viewer's areas."""
    at = clock.now()
    rows = [preview.line(row, at=at, language=language()) for row in queries.of_desks(viewer)]
    context = {"room": "alerts", "rows": rows, "may_write": bool(queries.covered(viewer.units))}
    return render(request, "alerts/desk/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Nothing goes out from here: the next page shows it as the phones will."""
    at, desks = clock.now(), sorted(viewer.units)
    mine = queries.covered(viewer.units)
    if not mine:
        raise Http404
    form = AlertForm(request.POST or None, at=at)
    rows = places.by_ids(mine).values()
    form.choose(
        "areas", sorted(((str(row.pk), row.name(language())) for row in rows), key=lambda p: p[1])
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        areas = [int(key) for key in said["areas"]]
        unit = next((key for key in desks if set(areas) <= queries.covered([key])), 0)
        try:
            row = actions.write(
                viewer=viewer, unit=unit, kind=said["kind"], areas=areas,
                texts={code: said[f"text_{code}"] for code in ("en", "ur", "ps")},
                asked_for=said["asked_for"], expires_at=said["expires_at"], at=at,
            )  # fmt: skip
        except actions.AlertRefused as refused:
            form.add_error("areas", SAID[refused.reason])
        else:
            return HttpResponseRedirect(reverse("desk-alert", args=[row.pk]))
    status = 422 if request.method == "POST" else 200
    return render(request, "alerts/desk/new.html", {"form": form, "room": "alerts"}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def one(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """As the phones get it, who may send it, what became of it; POST sends or stops."""
    try:
        row = queries.for_desk(viewer, key)
    except queries.AlertHidden:
        raise Http404 from None
    at = clock.now()
    form = StopForm(request.POST if "stop" in request.POST else None, at=at)
    status = 200
    if request.method == "POST":
        if _done(request, viewer, row, form):
            return HttpResponseRedirect(reverse("desk-alert", args=[row.pk]))
        status = 422
    wanted = queries.wanted(row, at=at)
    why = sending.why_not(wanted, queries.sender(row, viewer, at=at), alone=settings.ALERT_ALONE)
    context: dict[str, Any] = {
        "room": "alerts", "row": preview.line(row, at=at, language=language()), "alert": row,
        "phones": preview.phones(row, wanted.listeners), "why": SAID.get(why, ""), "form": form,
        "reached": notices.reached(row.reference), "people": preview.people(row, language()),
    }  # fmt: skip
    return render(request, "alerts/desk/one.html", context, status=status)


def _done(request: HttpRequest, viewer: Viewer, row: Alert, form: StopForm) -> bool:
    at = clock.now()
    try:
        if "stop" in request.POST:
            if not form.is_valid():
                return False
            actions.stop(alert=row, viewer=viewer, why=form.cleaned_data["why"], at=at)
            messages.success(request, _("Stopped. What has not gone out does not."))
        else:
            actions.send(alert=row, viewer=viewer, at=at)
            messages.success(request, _("It goes out now."))
    except actions.AlertRefused as refused:
        if form.is_bound:
            form.add_error(None, SAID[refused.reason])
        return False  # the page says why it may not be sent
    return True


@require_safe
@desk
def figures(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Counts of the last seven days, for every desk; nobody and no matter is named."""
    at = clock.now()
    rows = notices.days(at=at) if viewer.units else []
    context = {"room": "alerts", "held": notices.held(at=at), "rows": preview.days(rows),
               "most": settings.SMS_PARTS_A_DAY}  # fmt: skip
    return render(request, "alerts/desk/figures.html", context)
