"""How a carrier's gateway shows that it is ours: one secret, compared in constant time."""

from __future__ import annotations

import hmac

from django.http import HttpRequest

_SCHEME = "Bearer "


def shown(request: HttpRequest, otherwise: str) -> str:
    """The secret in `Authorization: Bearer …`, else what stood in a field."""
    header = request.headers.get("Authorization", "")
    return header.removeprefix(_SCHEME) if header.startswith(_SCHEME) else otherwise


def same(given: str, wanted: str) -> bool:
    """An empty secret is never right."""
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())
