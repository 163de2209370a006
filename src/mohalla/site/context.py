"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_bidi


def page(request: HttpRequest) -> dict[str, Any]:
    """Direction, demonstration mode and the emergency number for the templates."""
    return {
        "direction": "rtl" if get_language_bidi() else "ltr",
        "demo": settings.DEMO,
        "emergency_number": settings.EMERGENCY_NUMBER,
    }
