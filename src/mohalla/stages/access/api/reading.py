"""Bodies as they come from programs: one meaning, or a refusal that says why."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from mohalla.foundation.text import clean
from mohalla.stages.access.api.problems import Problem


class _Twice(ValueError):
    """One name with two values: which of them was meant?"""


class JsonParser(Parser):
    """JSON in UTF-8, each name once, numbers that are numbers; whatever else is a 4xx problem.

    A lone half of a character or a NUL cannot be stored: it becomes U+FFFD, and the rest is kept.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        kind = request.content_type or ""
        if kind != "application/json" and not kind.endswith("+json"):
            raise Problem(
                415, "not-json", _("Send the body as JSON, with Content-Type: application/json.")
            )
        try:
            words = request.body.decode("utf-8-sig")
            body = json.loads(words, object_pairs_hook=_once, parse_constant=_refused)
            return _storable(body)
        except _Twice:
            raise Problem(
                400, "twice", _("The same field stands twice in the body. Send it once.")
            ) from None
        except (ValueError, RecursionError):
            raise Problem(400, "not-json", _("The body is not JSON in UTF-8.")) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice
    return found


def _refused(word: str) -> Any:
    raise ValueError(word)  # NaN, Infinity: Python reads them, JSON has no such thing


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {clean(name): _storable(item) for name, item in value.items()}
    return value
