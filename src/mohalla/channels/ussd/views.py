"""The webhook of a USSD gateway: one screen for each request. Nobody else learns that it exists."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from mohalla.channels import gateway, keyed
from mohalla.channels.keyed import Pressed, Turn
from mohalla.foundation import clock

LONGEST = 182  # characters of a screen
MOST_BODY = 8 * 1024
MOST_ANSWERS = 60
BACK = "\n0 menu"


@csrf_exempt  # a machine with a secret of its own, and no cookie
@sensitive_post_parameters()
@require_POST
def screen(request: HttpRequest) -> HttpResponse:
    """`sessionId, phoneNumber, text` (answers joined by `*`); `CON …` asks on, `END …` is the last.

    503 asks to try again: nothing of it was kept. The same request again gives the same screen.
    """
    if not _is_gateway(request):
        raise Http404
    session, number = request.POST.get("sessionId", ""), request.POST.get("phoneNumber", "")
    text = request.POST.get("text", "")
    if not session or not number or len(session) > 200 or len(number) > 40:
        return HttpResponse(status=400)
    given = tuple(text.split("*", MOST_ANSWERS)) if text else ()
    pressed = Pressed(door="ussd", session=session, number=number, given=given)
    try:
        with transaction.atomic(durable=True):
            turn = keyed.handler()(pressed=pressed, at=clock.now())
    except DatabaseError:
        return HttpResponse(status=503)
    return HttpResponse(shown(turn), content_type="text/plain; charset=utf-8")


def shown(turn: Turn) -> str:
    """`CON` where something is asked, with a way back out of a question."""
    words = turn.text if turn.key == "menu" else turn.text + BACK
    return f"END {turn.text}" if turn.over else f"CON {words[:LONGEST]}"


def _is_gateway(request: HttpRequest) -> bool:
    """Without a secret in the settings there is no such door."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not settings.USSD_SECRET or not length.isdecimal() or int(length) > MOST_BODY:
        return False  # before anything of the body is read
    given = gateway.shown(request, request.POST.get("secret", ""))
    return gateway.same(given, settings.USSD_SECRET)
