"""The webhook of whoever tells us about missed calls. Nobody else learns that it exists."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mohalla.channels import gateway, missed
from mohalla.channels.missed import Missed
from mohalla.foundation import clock

MOST_BODY = 8 * 1024


@csrf_exempt  # a machine with a secret of its own, and no cookie
@sensitive_post_parameters()
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """`id, from, to`: 204 when it is kept, 503 to tell it again. The same `id` counts once."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not settings.MISSED_SECRET or not length.isdecimal() or int(length) > MOST_BODY:
        raise Http404  # before anything of the body is read
    shown = gateway.shown(request, request.POST.get("secret", ""))
    if not gateway.same(shown, settings.MISSED_SECRET):
        raise Http404
    key, number = request.POST.get("id", ""), request.POST.get("from", "")
    if not key or len(key) > 200 or len(number) > 40:
        return HttpResponse(status=400)
    line = missed.line_of(request.POST.get("to", ""))
    try:
        with transaction.atomic(durable=True):
            missed.handler()(missed=Missed(key=key, number=number, line=line), at=clock.now())
    except DatabaseError:
        return HttpResponse(status=503)
    return HttpResponse(status=204)
