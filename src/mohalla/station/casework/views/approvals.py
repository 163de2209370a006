"""`/desk/approvals/`: what waits for my yes, what I asked for; one request, answered with a proof."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from mohalla.foundation import clock
from mohalla.foundation.approvals import actions as approvals
from mohalla.foundation.approvals import queries as asked
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.approvals.rules.hands import Hand
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions as casework
from mohalla.station.casework import approving, peeling
from mohalla.station.casework.forms import AnswerForm
from mohalla.station.casework.views import refusals
from mohalla.station.casework.views.viewer import ask_for_proof, desk, language


@require_safe
@desk
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """References and acts only; the reasons stand on the page of each, behind a proof."""
    at = clock.now()
    context = {
        "room": "approvals",
        "waiting": _rows(asked.waiting_for(viewer, at=at), at),
        "mine": _rows(asked.asked_by(viewer), at),
    }
    return render(request, "casework/approvals.html", context)


def _rows(found: list[Approval], at: datetime) -> list[dict[str, object]]:
    return [approving.row(one, language(), at=at) for one in found]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@desk
def approval(request: HttpRequest, viewer: Viewer, key: UUID) -> HttpResponse:
    """What exactly, why, by whom; yes or no."""
    at = clock.now()
    try:
        found = asked.approval_for(viewer, key, at=at)
    except asked.ApprovalHidden:
        raise Http404 from None
    ask_for_proof(request)
    hand = asked.hand_for(found, viewer, at=at)
    layer = peeling.layer(found, viewer)
    form = AnswerForm(request.POST or None, at=at, initial={"seen": asked.digest_of(found)})
    if form.is_bound and form.is_valid():
        try:
            with transaction.atomic():
                if layer is not None and form.cleaned_data["answer"] == "yes":
                    casework.peel(case=layer.case, peeled=request.POST.get("peeled", ""), at=at)
                _answer(found, hand, viewer, form.cleaned_data, at)
        except refusals.CAUGHT as refusal:
            refusals.place(form, refusal)
        else:
            messages.success(request, _("Your answer stands."))
            return HttpResponseRedirect(reverse("desk:approvals"))
    context = {
        "room": "approvals",
        "row": approving.row(found, language(), at=at),
        "form": form,
        "may": hand is not None,
        "layer": layer,
    }
    return render(request, "casework/approval.html", context, status=422 if form.is_bound else 200)


def _answer(
    found: Approval, hand: Hand | None, viewer: Viewer, said: dict[str, str], at: datetime
) -> None:
    """Whoever asked may only take it back."""
    if hand is None and found.asked_for_id is not None:
        hand = Hand(officer=viewer.officer, unit=found.asked_for_id)
    if hand is None:
        raise approvals.ApprovalRefused("posted")
    approvals.answer(
        approval=found, hand=hand, yes=said["answer"] == "yes", seen=said["seen"], at=at,
        why=said["why"],
    )  # fmt: skip
