"""What a phone wrote without network and sends later: by its own clock, and answered for a program."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from mohalla.foundation.clock import told


def asked_for(request: HttpRequest) -> bool:
    """Whether a queue sent it, and not a person who waits for a page."""
    return request.headers.get("Accept", "") == "application/json"


def told_at(request: HttpRequest, at: datetime) -> datetime | None:
    """When it was written, by the phone's clock."""
    return told.moment(request.POST.get("told_at", ""), at=at)
