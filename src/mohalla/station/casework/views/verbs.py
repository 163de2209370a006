"""One act on one case: its form, its action, and what follows; the same for every verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from mohalla.foundation import clock
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import identity, names, queries
from mohalla.station.casework.dossier import contact_rules
from mohalla.station.casework.forms import Act, Nothing
from mohalla.station.casework.models import Case
from mohalla.station.casework.rules.two_bodies import TwoBodiesNeeded
from mohalla.station.casework.views import refusals, sealing
from mohalla.station.casework.views.viewer import desk, language, opened_case

Answers = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Doing:
    """What an act works on."""

    case: Case
    viewer: Viewer
    at: datetime
    form: Any = None


@dataclass(frozen=True, kw_only=True)
class Verb:
    """`fill` gives the form's choices and first values; `act` calls one action."""

    title: Any
    icon: str
    done: Any
    act: Callable[[Doing, Answers], object]
    form: type[Act] = Nothing
    fill: Callable[[Doing], dict[str, Any]] = lambda doing: {}
    hint: Any = ""
    grave: bool = False
    closed_too: bool = False  # notes and links go on after the end
    back: str = "desk:case"  # the page that it belongs to
    outward: bool = False  # its words are for another body, which has no key of this case
    safety: bool = False  # how the person may be reached stands above the form


def resource(verb: Verb) -> Callable[..., HttpResponseBase]:
    """GET: the form. POST: the act, then the case; refused: the same page with all that was typed."""

    @desk
    def view(request: HttpRequest, viewer: Viewer, reference: str) -> HttpResponse:
        case = opened_case(request, viewer, reference)
        doing = Doing(case=case, viewer=viewer, at=clock.now())
        extra = verb.fill(doing)
        if request.method != "POST":
            return _page(request, verb, doing, verb.form(at=doing.at, **extra))
        extra.pop("initial", None)
        form = verb.form(request.POST, request.FILES, at=doing.at, **extra)
        if form.is_valid() and (verb.outward or sealing.stays_sealed(case, form)):
            try:
                if case.closed_at is not None and not verb.closed_too:
                    raise refusals.CaseClosed(reference)
                verb.act(Doing(case=case, viewer=viewer, at=doing.at, form=form), form.cleaned_data)
            except TwoBodiesNeeded as needed:
                form.add_error(None, str(refusals.TWO_BODIES))
                instead = reverse(f"desk:ask-{needed.act}", args=[reference])
                return _page(request, verb, doing, form, status=422, instead=instead)
            except refusals.CAUGHT as refusal:
                refusals.place(form, refusal)
            else:
                messages.success(request, str(verb.done))
                return HttpResponseRedirect(after(viewer, reference, verb.back))
        return _page(request, verb, doing, form, status=422)

    checked = require_http_methods(["GET", "HEAD", "POST"])(view)
    guarded: Callable[..., HttpResponseBase] = sensitive_post_parameters()(checked)
    return guarded


def press(verb: Verb) -> Callable[..., HttpResponseBase]:
    """POST only: one button on the page of the case or in the queue."""
    pressed: Callable[..., HttpResponseBase] = require_POST(resource(verb))
    return pressed


def after(viewer: Viewer, reference: str, page: str = "desk:case") -> str:
    """The case, or the queue where the act took the case to another desk."""
    if queries.cases_by_reference(viewer, {reference}):
        return reverse(page, args=[reference])
    return reverse("desk:queue")


def _page(
    request: HttpRequest,
    verb: Verb,
    doing: Doing,
    form: Act,
    status: int = 200,
    instead: str = "",
) -> HttpResponse:
    """`instead`: the address where two bodies are asked for what was refused to one person."""
    context: dict[str, Any] = {
        "verb": verb,
        "case": doing.case,
        "category": names.category(doing.case, language()),
        "form": form,
        "instead": instead,
    }
    if not verb.outward and not reports.readable(doing.case.report):
        context["sealing"] = reports.sealing_of(doing.case.report)
    if verb.safety:
        known = identity.is_open(doing.case, doing.viewer, at=doing.at)
        context["seen"] = {"contact": contact_rules(doing.case.report, shown=known)}
    return render(request, "casework/verb.html", context, status=status)
