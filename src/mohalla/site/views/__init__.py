"""Pages that belong to no room: front page, health, errors."""

from mohalla.site.views.errors import bad_request, form_expired, limit, too_large
from mohalla.site.views.front import front
from mohalla.site.views.health import healthz, readyz
from mohalla.site.views.reading import font, leave
from mohalla.site.views.style import style

__all__ = [
    "bad_request",
    "font",
    "form_expired",
    "front",
    "healthz",
    "leave",
    "limit",
    "readyz",
    "style",
    "too_large",
]
