"""How large a request may be and how long it may take, asked before a byte of it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings

LATE = "mohalla.late"  # in the environ: the body did not come in its time
FULL = "mohalla.full"  # in the environ: so many large bodies are on their way that it must wait
WAIT = 60  # seconds until it is worth trying again
FILES_COME_TO = frozenset({"report", "desk"})  # first words of the addresses of pages with files
MEGABYTE = 1024 * 1024
API_BODY = 256 * 1024  # JSON; the longest text is a fifth of that
PATIENCE = 30  # seconds for any body
SLOWEST = 4 * 1024  # bytes a second: a photograph over the slowest line in the hills


def unmeasured(environ: Mapping[str, Any]) -> bool:
    """In chunks without an end, or with a length that is no number."""
    given = environ.get("CONTENT_LENGTH") or "0"
    chunked = "chunked" in str(environ.get("HTTP_TRANSFER_ENCODING", "")).lower()
    return chunked or not (given.isascii() and given.isdecimal())


def length(environ: Mapping[str, Any]) -> int:
    """Announced bytes; 0 where it is not said."""
    given = environ.get("CONTENT_LENGTH") or "0"
    return int(given) if given.isascii() and given.isdecimal() else 0


def most(path: str) -> int:
    """Bytes of the whole body, by what the address is for."""
    file = int(settings.ATTACHMENT_MB) * MEGABYTE
    if path.startswith("/api/"):
        return file + MEGABYTE // 16 if path.endswith("/attachments") else API_BODY
    form = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    if FILES_COME_TO.isdisjoint(path.split("/")[1:3]):  # the language may stand before
        return form
    return int(settings.DATA_UPLOAD_MAX_NUMBER_FILES * file) + form


def seconds(size: int) -> float:
    """In which a body of so many bytes must have come."""
    return PATIENCE + size / SLOWEST
