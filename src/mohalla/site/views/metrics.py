"""`/metrics`: Prometheus text for whoever runs the machine; for everybody else there is nothing."""

from __future__ import annotations

import ipaddress
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mohalla.foundation import clock
from mohalla.site import measures

FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """With the token of `MOHALLA_METRICS_TOKEN`; without one, from this machine itself."""
    if not _may(request):
        raise Http404
    words = measures.text(measures.taken(clock.now()))
    return HttpResponse(words, content_type="text/plain; version=0.0.4; charset=utf-8")


def _may(request: HttpRequest) -> bool:
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    # behind a proxy on this machine everybody seems to come from this machine
    behind = settings.TRUSTED_PROXIES or settings.SECURE_PROXY_SSL_HEADER
    if behind or any(name in request.headers for name in FORWARDED):
        return False
    return _loopback(request.META.get("REMOTE_ADDR", "")) and _local(request.get_host())


def _local(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name == "localhost" or _loopback(name.strip("[]"))


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
