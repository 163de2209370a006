"""Flood limits of the API: 429 with `Retry-After`, never silently."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mohalla.foundation import limiter
from mohalla.stages.access.api.problems import Problem


def check(request: HttpRequest, *, what: str = "report") -> None:
    """Count this request against its network's budget; raises the 429 problem."""
    wait = limiter.wait(request, what=what)
    if wait:
        raise Problem(
            429,
            "too-many",
            _("Too many requests from this network. Please wait, or send an SMS instead."),
            retry_after=wait,
        )
