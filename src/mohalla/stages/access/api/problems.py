"""Refusals as RFC 9457 problem documents, in the language asked for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from mohalla.stages.access.api import invalid


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


def too_large(request: HttpRequest) -> HttpResponse:
    """413, said before a byte of the body was read."""
    if request.path_info.endswith("/attachments"):
        return document(413, "attachment-too_large", file_too_large())
    return document(413, "too-large", _("The text is too long. Please send it in parts."))


def file_too_large() -> str:
    return _(
        "The file is larger than %(limit)s MB. A shorter recording or a smaller photo works."
    ) % {"limit": settings.ATTACHMENT_MB}


def of_status(status: int) -> HttpResponse:
    """The document for a refusal that did not come from an operation: address, method, fault."""
    words = {
        404: ("no-such-address", _("There is nothing at this address. See /api/v1/openapi.json.")),
        405: ("method", _("This address does not take this method. See /api/v1/openapi.json.")),
        413: ("too-large", _("The text is too long. Please send it in parts.")),
    }
    server = (
        "fault",
        _("The fault is ours. Nothing was stored; please send the same again later."),
    )
    broken = ("refused", _("The request could not be read. Nothing was stored."))
    return document(status, *words.get(status, server if status >= 500 else broken))


def install(api: NinjaAPI) -> None:
    """Answer every error of the API as a problem document."""

    def on_problem(request: HttpRequest, error: Any) -> HttpResponse:
        return document(error.status, error.kind, error.title, **error.members)

    def on_invalid(request: HttpRequest, error: Any) -> HttpResponse:
        title = _("Some fields are missing or have the wrong shape.")
        return document(422, "invalid", title, errors=invalid.described(error.errors))

    def on_http(request: HttpRequest, error: Any) -> HttpResponse:
        if isinstance(error.__cause__, Problem):  # ninja wraps what a parser raises
            return on_problem(request, error.__cause__)
        return document(error.status_code, "refused", str(error))

    def on_too_big(request: HttpRequest, error: Any) -> HttpResponse:
        return too_large(request)

    api.add_exception_handler(Problem, on_problem)
    api.add_exception_handler(RequestDataTooBig, on_too_big)
    api.add_exception_handler(ValidationError, on_invalid)
    api.add_exception_handler(HttpError, on_http)
