"""Language in the path, and pages that leave nothing on a shared phone."""

from __future__ import annotations

from collections.abc import Callable

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]
CODES = [code for code, _ in settings.LANGUAGES]


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


class PagePolicy(CSPMiddleware):
    """The content security policy belongs to pages; data that no browser draws goes without."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith("application/"):
            return response
        return super().process_response(request, response)


class NothingKept:
    """No page of ours stays in a cache: phones are shared. Static files are not touched by it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
