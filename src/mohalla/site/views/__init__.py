"""Pages that belong to no room: front page, health, errors."""

from mohalla.site.views.demo import demo, dial, phone
from mohalla.site.views.demo import move_clock as demo_clock
from mohalla.site.views.demo import sign_in as demo_sign_in
from mohalla.site.views.demo import sms as demo_sms
from mohalla.site.views.errors import bad_request, broken, form_expired, limit, too_large
from mohalla.site.views.front import front
from mohalla.site.views.health import healthz, readyz
from mohalla.site.views.metrics import metrics
from mohalla.site.views.reading import font, leave
from mohalla.site.views.style import style

__all__ = [
    "bad_request",
    "broken",
    "demo",
    "demo_clock",
    "demo_sign_in",
    "demo_sms",
    "dial",
    "font",
    "form_expired",
    "front",
    "healthz",
    "leave",
    "limit",
    "metrics",
    "phone",
    "readyz",
    "style",
    "too_large",
]
