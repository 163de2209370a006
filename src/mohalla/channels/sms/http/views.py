"""The webhook: a configured gateway brings texts and receipts. Nobody else learns that it exists."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from mohalla.channels.gateway import same, shown
from mohalla.channels.sms import setting
from mohalla.channels.sms.address import BadAddress, SmsAddress
from mohalla.channels.sms.http import inbound
from mohalla.channels.sms.http.gateways import Gateway, table
from mohalla.channels.sms.http.proof import receipt_proof
from mohalla.channels.sms.inlet import DatabaseInlet

_MOST_BODY = 64 * 1024


@csrf_exempt
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """A text. 200 when it is durable; 503 asks to keep it and to come again."""
    gateway, address, given, raw = _read(request)
    if not same(_secret(request, given), address.secret):
        raise Http404
    return _kept(raw, lambda inlet: inlet.message(inbound.received(gateway, given, raw=raw)))


@csrf_exempt
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The gateway's word on a text of ours, by the address that we gave with it or by the secret."""
    gateway, address, given, raw = _read(request)
    carrier_id = given.get("id", b"").decode("utf-8", "replace")
    proof = given.get("proof", b"").decode("utf-8", "replace")
    by_proof = same(proof, receipt_proof(address.secret, carrier_id))
    if not by_proof and not same(_secret(request, given), address.secret):
        raise Http404
    return _kept(raw, lambda inlet: inlet.receipt(inbound.receipt(gateway, given, raw=raw)))


def _kept(raw: bytes, take: Callable[[DatabaseInlet], object]) -> HttpResponse:
    """200 when it is durable, without a word: some gateways would send it to the phone as the
    answer. What cannot be read is kept as it came, and refused."""
    inlet = DatabaseInlet(wake=lambda: None)
    try:
        try:
            take(inlet)
        except inbound.Unclear as why:
            inlet.unreadable(raw, f"gateway: {why}")
            return HttpResponse(status=400)
    except DatabaseError:
        return HttpResponse(status=503)
    return HttpResponse(content_type="text/plain")


def _read(request: HttpRequest) -> tuple[Gateway, SmsAddress, Mapping[str, bytes], bytes]:
    """Gateway, address and fields; 404 where no gateway is configured or nothing can be read."""
    try:
        address = setting.configured()
    except BadAddress:
        raise Http404 from None
    if address.scheme != "http":
        raise Http404
    body = request.read(_MOST_BODY + 1)
    query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
    if len(body) > _MOST_BODY or len(query) > _MOST_BODY:
        raise Http404
    try:
        given = inbound.fields(query, body, request.content_type or "")
    except inbound.Unclear:
        raise Http404 from None
    return table()[address.kind], address, given, _without_secret(given)


def _without_secret(given: Mapping[str, bytes]) -> bytes:
    """What is kept as it came, but for what opens the door."""
    kept = [name.encode() + b"=" + given[name] for name in given if name not in ("secret", "proof")]
    return b"&".join(kept)


def _secret(request: HttpRequest, given: Mapping[str, bytes]) -> str:
    return shown(request, given.get("secret", b"").decode("utf-8", "replace"))
