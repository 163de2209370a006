"""Refusals that name the mend."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form lay open too long (CSRF): nothing was sent, and how to go on."""
    return render(request, "site/form_expired.html", status=403)
