"""`/track/lost/`: the receipt is lost. And what a claim number shows at `/track/`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mohalla.foundation import clock, limiter
from mohalla.stages.access.actions.claim import ask
from mohalla.stages.access.lost_form import Lost
from mohalla.stages.access.queries import claims
from mohalla.stages.access.rules.claims import ANSWER, WAIT
from mohalla.stages.access.views import qr


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """GET: what to tell. POST: a claim number, whatever was told and whether it meant a report."""
    if request.method != "POST":
        return _page(request, Lost())
    form = Lost(request.POST)
    wait = limiter.wait(request, what="claim")
    if wait:
        form.is_valid()
        form.add_error(
            None, _("Very many tries from your line just now. Please wait a few minutes.")
        )
        response = _page(request, form, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    if not form.is_valid():
        return _page(request, form, status=422)
    at, said = clock.now(), form.cleaned_data
    number = ask(
        sought=said["reference"], told=said["told"], contact=said["reach"],
        language=get_language() or "ur", at=at,
    )  # fmt: skip
    context = {"number": number, "opens_at": at + WAIT, "answer_by": at + WAIT + ANSWER}
    return render(request, "access/lost/done.html", context)


def _page(request: HttpRequest, form: Lost, *, status: int = 200) -> HttpResponse:
    return render(request, "access/lost/ask.html", {"form": form}, status=status)


def claimed(request: HttpRequest, typed: str, at: datetime) -> HttpResponse | None:
    """How the request of this claim number stands; None where it is not one."""
    seen = claims.of_number(typed, at=at)
    if seen is None:
        return None
    language = get_language() or "ur"
    context: dict[str, Any] = {"claim": asdict(seen), "receipt": typed}
    if seen.receipt:
        address = request.build_absolute_uri(f"/{language}/track/")
        context["qr"] = qr.drawn(f"{address}#{seen.receipt}")
    if seen.state == "not_given":
        context["doors"] = claims.outside_doors(language)
    return render(request, "access/lost/claim.html", context)
