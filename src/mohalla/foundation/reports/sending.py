"""A file that came with a report as the answer to a request.

Pictures are shown as copies without place, camera and time. Whatever leaves here cannot run: its
type was told from its bytes, the page around it is a sandbox, its name is ours.
"""

from __future__ import annotations

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

from mohalla.foundation import clock, files
from mohalla.foundation.reports import actions
from mohalla.foundation.reports.models import Attachment

PLAYED = ("audio/", "video/")  # by the browser itself, which runs nothing in them


class NoSafeCopy(Exception):
    """The picture cannot be shown safely; its original stays what it is."""


def shown(row: Attachment, *, reference: str) -> HttpResponseBase:
    """The working copy of a picture; a recording to play; a document to save. Raises `NoSafeCopy`."""
    if row.media_type not in files.PICTURES:
        return sent(row, reference=reference, save=not row.media_type.startswith(PLAYED))
    if row.copy == Attachment.Copy.WAITING:
        row = actions.make_copy(attachment=row.pk, at=clock.now())
    if row.copy == Attachment.Copy.FAILED:
        raise NoSafeCopy(str(row.pk))
    return sent(row, reference=reference, sha256=row.copy_sha256, media_type="image/jpeg")


def sent(
    row: Attachment, *, reference: str, sha256: str = "", media_type: str = "", save: bool = False
) -> HttpResponseBase:
    """Its bytes, to be saved or drawn; by default the original, byte for byte."""
    media_type = media_type or row.media_type
    name = f"{reference}-{row.pk.hex[-6:]}.{files.ENDINGS[media_type]}"
    response = StreamingHttpResponse(files.chunks(sha256 or row.sha256), content_type=media_type)
    if not sha256:
        response.headers["Content-Length"] = str(row.size)
    kind = "attachment" if save else "inline"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
