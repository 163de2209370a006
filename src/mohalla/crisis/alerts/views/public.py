"""`/alerts/`: what is current, and how a phone gets it. Public, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from mohalla.channels.sms.setting import own_number
from mohalla.crisis.alerts import queries
from mohalla.crisis.alerts.wish_form import WishForm
from mohalla.foundation import clock, limiter
from mohalla.foundation.places import queries as places
from mohalla.stages.access.actions import area


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """POST: the same page whoever has that number, and whatever is known of it."""
    at, language = clock.now(), get_language() or "ur"
    known = [(row.code, row.name(language)) for row in places.mohallas(at)]
    form = WishForm(request.POST or None, areas=sorted(known, key=lambda row: row[1]))
    context: dict[str, Any] = {
        "form": form, "number": own_number(),
        "alerts": [_shown(row, language) for row in queries.current(at=at)],
    }  # fmt: skip
    if request.method != "POST":
        return render(request, "alerts/public.html", context)
    wait = limiter.wait(request, what="alerts")
    if wait:
        form.is_valid()
        form.add_error(
            None, _("Very many tries from your line just now. Please wait a few minutes.")
        )
        response = render(request, "alerts/public.html", context, status=429)
        response.headers["Retry-After"] = str(wait)
        return response
    if not form.is_valid():
        return render(request, "alerts/public.html", context, status=422)
    said = form.cleaned_data
    area.invite(number=said["phone"], area=said["area"], language=language, at=at)
    return render(request, "alerts/asked.html", context)


def _shown(row: Any, language: str) -> dict[str, Any]:
    return {
        "text": row.text(language), "kind": row.get_kind_display(), "urgent": row.urgent,
        "areas": sorted(place.name(language) for place in row.areas.all()),
        "sent_at": row.sent_at, "expires_at": row.expires_at,
    }  # fmt: skip
