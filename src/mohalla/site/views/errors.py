"""Refusals that name the mend."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form lay open too long (CSRF): nothing was sent, and how to go on."""
    return render(request, "site/form_expired.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what cannot be read, 413 for what is too much at once."""
    if isinstance(exception, TOO_MUCH):
        return too_large(request)
    return render(request, "400.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: asks nothing of what may just have broken, neither session nor database nor language."""
    context = {"emergency_number": settings.EMERGENCY_NUMBER}
    return HttpResponse(loader.render_to_string("500.html", context), status=500)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: nothing was stored, and how to send less at once."""
    return render(request, "site/too_large.html", status=413)


def limit(request: HttpRequest, *, retry_after: int) -> HttpResponse:
    """429 with the seconds to wait: what to do meanwhile."""
    response = render(request, "site/limit.html", status=429)
    response.headers["Retry-After"] = str(retry_after)
    return response
