"""`/desk/claims/`: an independent desk decides whether somebody gets a new receipt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from mohalla.foundation import clock
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.stages.access.actions import decide_claim
from mohalla.stages.access.queries import claims
from mohalla.station.casework import actions as casework
from mohalla.station.casework.forms.shape import Act, words
from mohalla.station.casework.queries import CaseHidden
from mohalla.station.casework.views.viewer import OPEN, ask_for_proof, desk, language

_SAID = {
    "ended": gettext_lazy("Somebody was faster: this has its end already."),
    "early": gettext_lazy("Not before the wait is over: the old holder must have time to say no."),
    "own": gettext_lazy("Not by the officer who has the case or wrote it down."),
    "same_desk": gettext_lazy("Not by the desk that has the case: somebody independent decides."),
    "words": gettext_lazy("Write the reason; the file keeps it."),
}
_ACTS = {"grant": decide_claim.grant, "refuse": decide_claim.refuse}


class DecisionForm(Act):
    """Yes or no, and why."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Does the person know what only the reporter can know?"),
        choices=[
            ("grant", gettext_lazy("Yes: a new receipt; the old one ends")),
            ("refuse", gettext_lazy("No: no new receipt")),
        ],
        widget=forms.RadioSelect,
    )
    reason = words(
        gettext_lazy("Reason"),
        help_text=gettext_lazy("What agreed, what did not. Stays in the file."),
    )


@require_safe
@desk
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the viewer's desks decide, the open ones first."""
    rows = claims.of_desks(viewer, language=language())
    return render(request, "access/claims/list.html", {"rows": rows, "room": "queue"})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@desk
def decision(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """What was told beside the report, and the decision. Reading it is written down."""
    try:
        claim, case = claims.for_desk(viewer, key)
    except CaseHidden:
        raise Http404 from None
    if case.sensitivity != OPEN:
        ask_for_proof(request)
    at = clock.now()
    form = DecisionForm(request.POST or None, at=at)
    if request.method == "POST" and form.is_valid():
        act = _ACTS[form.cleaned_data["choice"]]
        try:
            act(claim=claim, case=case, viewer=viewer, reason=form.cleaned_data["reason"], at=at)
        except decide_claim.ClaimRefused as refusal:
            form.add_error("reason" if refusal.reason == "words" else None, _SAID[refusal.reason])
        else:
            messages.success(request, _("Decided. It stands in the file."))
            return HttpResponseRedirect(reverse("claims"))
    casework.note_reading(case=case, viewer=viewer, at=at)
    context: dict[str, Any] = {
        "claim": claim, "case": case, "form": form, "room": "queue",
        "seen": claims.beside(claim, case, viewer, language=language()),
        "early": at < claim.opens_at,
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "access/claims/one.html", context, status=status)
