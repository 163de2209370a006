"""`/recording/`: the right to record police at work, its limits, and where a recording goes."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mohalla.foundation import catalogue
from mohalla.stages.access.queries import rights

OBSTRUCTED = "recording_obstructed"


@require_safe
def recording(request: HttpRequest) -> HttpResponse:
    """What the catalogue says, and a way into `/report/` with that matter chosen."""
    language = get_language() or "ur"
    category = catalogue.get().categories.get(OBSTRUCTED)
    context = {
        "rights": rights.recording(language),
        "category": category,
        "name": category.name(language) if category else "",
        "most": f"{settings.ATTACHMENT_MB} MB",
    }
    return render(request, "access/recording.html", context)
