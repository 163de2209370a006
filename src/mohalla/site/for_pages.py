"""What only pages need. The API goes past it: there nobody is known by a cookie, nothing is framed.

A program sends its receipt with every request; sessions, sign-in, messages and the policies for
browsers would only cost it time (a tenth of what accepting a report takes).
"""

from __future__ import annotations

from typing import Any

from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.middleware.clickjacking import XFrameOptionsMiddleware

from mohalla.site.middleware import PagePolicy, SignedIn


class _ForPages:
    """In front of a middleware: `/api/` is handed on as it is."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if request.path_info.startswith("/api/"):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc] # the middleware beside it


class Policy(_ForPages, PagePolicy):
    pass


class Sessions(_ForPages, SessionMiddleware):
    pass


class SignIn(_ForPages, SignedIn):
    pass


class Messages(_ForPages, MessageMiddleware):
    pass


class Frames(_ForPages, XFrameOptionsMiddleware):
    pass
