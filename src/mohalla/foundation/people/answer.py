"""What the script of a page posts for a passkey: JSON in one field of an ordinary form."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest

LONGEST = 20_000  # an answer has some 1,500 characters


def read(request: HttpRequest) -> dict[str, Any]:
    """The answer; empty where it is none."""
    text = request.POST.get("answer", "")
    try:
        found = json.loads(text) if len(text) <= LONGEST else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def place(request: HttpRequest) -> dict[str, str]:
    """For the page: the address that passkeys are bound to, and whether this is another one."""
    here = f"{request.scheme}://{request.get_host()}"
    return {"origin": settings.ORIGIN, "elsewhere": "" if here == settings.ORIGIN else here}
