"""Language in the path, size before reading, and pages that leave nothing on a shared phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    QueryDict,
)
from django.shortcuts import render
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from mohalla.foundation.jobs import signs
from mohalla.foundation.people import door
from mohalla.foundation.text import clean
from mohalla.site import body
from mohalla.site.views import errors
from mohalla.stages.access.api import problems

Handler = Callable[[HttpRequest], HttpResponse]
KNOWN = ("GET", "HEAD", "POST")
CODES = [code for code, _name in settings.LANGUAGES]


class LanguageInPath:
    """`/ur/…`, `/ps/…`, `/en/…` fix the language, links included; else cookie, header, Urdu."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first, slash, rest = request.path_info.removeprefix("/").partition("/")
        fixed = first in CODES and bool(slash)
        prefix = get_script_prefix()
        if fixed:
            request.path_info = f"/{rest}"
            set_script_prefix(f"{prefix}{first}/")
            language = first
        else:
            language = _wished(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        try:
            response = self.get_response(request)
        finally:
            if fixed:
                set_script_prefix(prefix)
            translation.deactivate()
        response.headers.setdefault("Content-Language", language)
        if not fixed:
            response.headers.setdefault("Vary", "Accept-Language, Cookie")
        return response


def _wished(request: HttpRequest) -> str:
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if cookie in CODES:
        return cookie
    for part in request.headers.get("Accept-Language", "").split(","):
        code = part.split(";")[0].strip().split("-")[0].lower()
        if code in CODES:
            return code
    return str(settings.LANGUAGE_CODE)


class SignedIn:
    """`request.user`, looked up when a page asks for it: residents' pages never do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: door.person(request))  # type: ignore[assignment]
        return self.get_response(request)


class PagePolicy(CSPMiddleware):
    """The content security policy belongs to pages; data that no browser draws goes without."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("application/"):
            return response
        return super().process_response(request, response)


class Tallied:
    """Requests to report that were refused are counted by door and reason, and by nothing else."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        door = _DOORS.get(request.path_info) if request.method == "POST" else None
        if door and response.status_code >= 400:
            reason = _REASONS.get(response.status_code, "other")
            signs.tally(f"refused {door} {reason}")
        return response


_DOORS = {"/report/": "web", "/api/v1/reports": "api", "/api/v1/attachments": "api"}
_REASONS = {
    400: "unreadable", 403: "form_expired", 408: "late", 409: "conflict", 411: "no_length",
    413: "too_large", 415: "not_json", 422: "invalid", 429: "too_many", 500: "fault",
    503: "no_room",
}  # fmt: skip


class Methods:
    """Things are read and sent: no address knows another method."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in KNOWN:
            return self.get_response(request)
        return HttpResponseNotAllowed(KNOWN)


class Announced:
    """What says that it is too large, or does not say how large it is, is refused before reading."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        api = request.path_info.startswith("/api/")
        if body.LATE in request.META:
            return _late(request, api=api)
        if body.FULL in request.META:
            return _full(request, api=api)
        if body.unmeasured(request.META):
            return _unmeasured(request, api=api)
        if body.length(request.META) > body.most(request.path_info):
            return problems.too_large(request) if api else errors.too_large(request)
        return self.get_response(request)


def _unmeasured(request: HttpRequest, *, api: bool) -> HttpResponse:
    if api:
        title = _("Say the length of the body (Content-Length) and send it again.")
        return problems.document(411, "length", title)
    return render(request, "400.html", status=411)


def _late(request: HttpRequest, *, api: bool) -> HttpResponse:
    if api:
        title = _("The body did not arrive in time. Nothing was stored; please send it again.")
        return problems.document(408, "late", title)
    return render(request, "400.html", status=408)


def _full(request: HttpRequest, *, api: bool) -> HttpResponse:
    if api:
        title = _("The body did not arrive in time. Nothing was stored; please send it again.")
        response: HttpResponse = problems.document(503, "full", title)
    else:
        response = render(request, "400.html", status=503)
    response.headers["Retry-After"] = str(body.WAIT)
    return response


class Problems:
    """Whatever goes wrong under `/api/` is answered as a problem document, unknown paths too."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        plain = response.headers.get("Content-Type", "") != "application/problem+json"
        if not request.path_info.startswith("/api/") or response.status_code < 400 or not plain:
            return response
        said = problems.of_status(response.status_code)
        for name in ("Allow", "Retry-After"):
            if name in response.headers:
                said.headers[name] = response.headers[name]
        return said


class Storable:
    """A NUL, which no database here stores, becomes U+FFFD; all around it stays as typed."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if "\0" in request.path_info:
            raise Http404
        if not request.path_info.startswith("/api/"):  # JSON has its own reader
            request.GET = _storable(request.GET)
            request.POST = _storable(request.POST)


def _storable(given: QueryDict) -> Any:
    """The same where nothing has to change, else a copy; never more than it was."""
    if not any("\0" in text for values in given.lists() for text in values[1]):
        return given
    cleaned = given.copy()
    for name, values in given.lists():
        cleaned.setlist(name, [clean(text) for text in values])
    return cleaned


class NothingKept:
    """No page of ours stays in a cache, or opens in a page of others. Static files are not touched."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        # nothing from elsewhere is drawn in our pages, and nothing of ours in pages of others
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cross-Origin-Embedder-Policy", "require-corp")
        return response
