"""What every page knows."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi

LEAVE_FOR = "https://www.google.com/search?q=weather+today"
FONT_COOKIE = f"{settings.COOKIE_PREFIX}f"
OWN_NAMES = {"ur": "اردو", "ps": "پښتو", "en": "English"}


class Tongue(NamedTuple):
    """One language of the switch: its code, its own name, this page in it."""

    code: str
    name: str
    href: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """Direction, languages, font, demonstration mode and the emergency number."""
    now = get_language() or settings.LANGUAGE_CODE
    # `path_info` is the address without its language (see LanguageInPath)
    return {
        "LANGUAGE_CODE": now,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "tongues": [
            Tongue(code, OWN_NAMES[code], f"/{code}{request.path_info}", code == now)
            for code, _ in settings.LANGUAGES
        ],
        "nastaliq": request.COOKIES.get(FONT_COOKIE) == "nastaliq",
        "leave_for": LEAVE_FOR,
        "demo": settings.DEMO,
        "emergency_number": settings.EMERGENCY_NUMBER,
    }
