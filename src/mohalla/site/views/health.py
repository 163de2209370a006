"""Alive, and able to accept reports durably."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse


def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the process answers."""
    return JsonResponse({"status": "alive"})


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when a report could be stored durably, else 503 with the reason."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM reports_report LIMIT 1")
    except DatabaseError as error:
        return JsonResponse(
            {"status": "not ready", "reason": type(error).__name__, "accepting": False}, status=503
        )
    return JsonResponse({"status": "ready", "accepting": True})
