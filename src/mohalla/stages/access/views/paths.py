"""`/help/works/`: whether the paths to help work, as they were tried last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mohalla.foundation import clock
from mohalla.stages.access.queries import paths


@require_safe
def works(request: HttpRequest) -> HttpResponse:
    """Green or red by path, and the last time that each rang at a desk."""
    return render(request, "access/help/works.html", {"paths": paths.seen(clock.now())})
