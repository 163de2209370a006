"""Pages that belong to no room: front page, health, errors."""

from mohalla.site.views.errors import form_expired
from mohalla.site.views.front import front
from mohalla.site.views.health import healthz, readyz

__all__ = ["form_expired", "front", "healthz", "readyz"]
