"""`/desk/cases/<reference>/files/<key>`: what came with a report, to look at or to take away.

Pictures are shown as copies without place, camera and time. Whatever leaves here cannot run: its
type was told from its bytes, the page around it is a sandbox, its name is ours.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mohalla.foundation import clock, files
from mohalla.foundation.reports import actions as reports
from mohalla.foundation.reports.models import Attachment
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions
from mohalla.station.casework.models import Case
from mohalla.station.casework.views.viewer import desk, opened_case

PLAYED = ("audio/", "video/")  # by the browser itself, which runs nothing in them


@require_safe
@desk
def shown(request: HttpRequest, viewer: Viewer, reference: str, key: UUID) -> HttpResponseBase:
    """The working copy of a picture; a recording to play; a document to save."""
    case, row = _found(request, viewer, reference, key)
    if row.media_type not in files.PICTURES:
        return _sent(case, row, save=not row.media_type.startswith(PLAYED))
    if row.copy == Attachment.Copy.WAITING:
        row = reports.make_copy(attachment=row.pk)
    if row.copy == Attachment.Copy.FAILED:
        messages.error(
            request, _("This picture cannot be shown safely. Save its original instead.")
        )
        return HttpResponseRedirect(reverse("desk:case", args=[case.reference]))
    return _sent(case, row, sha256=row.copy_sha256, media_type="image/jpeg")


@require_safe
@desk
def original(request: HttpRequest, viewer: Viewer, reference: str, key: UUID) -> HttpResponseBase:
    """Byte for byte as it came, to be saved; that it was taken away is written down."""
    case, row = _found(request, viewer, reference, key)
    actions.note_taking(case=case, attachment=key, viewer=viewer, at=clock.now())
    return _sent(case, row, save=True)


def _found(
    request: HttpRequest, viewer: Viewer, reference: str, key: UUID
) -> tuple[Case, Attachment]:
    case = opened_case(request, viewer, reference)
    row = case.report.attachments.filter(pk=key).first()
    if row is None or not files.exists(row.sha256):
        raise Http404
    return case, row


def _sent(
    case: Case, row: Attachment, *, sha256: str = "", media_type: str = "", save: bool = False
) -> HttpResponseBase:
    media_type = media_type or row.media_type
    name = f"{case.reference}-{row.pk.hex[-6:]}.{files.ENDINGS[media_type]}"
    response = StreamingHttpResponse(files.chunks(sha256 or row.sha256), content_type=media_type)
    if not sha256:
        response.headers["Content-Length"] = str(row.size)
    kind = "attachment" if save else "inline"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
