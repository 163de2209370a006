"""Refusals as RFC 9457 problem documents, in the language asked for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser


class Problem(Exception):
    """Status, a short stable type, a title for people, and extra members."""

    def __init__(self, status: int, kind: str, title: str, **members: Any) -> None:
        super().__init__(title)
        self.status, self.kind, self.title, self.members = status, kind, title, members


def document(status: int, kind: str, title: str, **members: Any) -> JsonResponse:
    """The response of one problem."""
    body = {"type": f"urn:mohalla:{kind}", "title": title, "status": status, **members}
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    if "retry_after" in members:
        response["Retry-After"] = str(members["retry_after"])
    return response


def unknown_receipt() -> Problem:
    """Unknown and malformed look the same."""
    return Problem(404, "no-such-receipt", _("There is no report with this receipt."))


class JsonParser(Parser):
    """JSON bodies; a broken one is a 400 with the reason, whatever is wrong with it."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            return super().parse_body(request)
        except (ValueError, RecursionError):
            raise Problem(400, "not-json", _("The body is not JSON in UTF-8.")) from None


def install(api: NinjaAPI) -> None:
    """Answer every error of the API as a problem document."""

    def on_problem(request: HttpRequest, error: Any) -> HttpResponse:
        return document(error.status, error.kind, error.title, **error.members)

    def on_invalid(request: HttpRequest, error: Any) -> HttpResponse:
        errors = [
            {"where": ".".join(str(part) for part in row["loc"]), "what": row["msg"]}
            for row in error.errors
        ]
        title = _("Some fields are missing or have the wrong shape.")
        return document(422, "invalid", title, errors=errors)

    def on_http(request: HttpRequest, error: Any) -> HttpResponse:
        return document(error.status_code, "refused", str(error))

    def on_too_big(request: HttpRequest, error: Any) -> HttpResponse:
        return document(413, "too-large", _("The text is too long. Please send it in parts."))

    api.add_exception_handler(Problem, on_problem)
    api.add_exception_handler(RequestDataTooBig, on_too_big)
    api.add_exception_handler(ValidationError, on_invalid)
    api.add_exception_handler(HttpError, on_http)
