"""`/desk/cases/<reference>/files/<key>`: what came with a report, to look at or to take away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mohalla.foundation import clock, files
from mohalla.foundation.reports import sending
from mohalla.foundation.reports.models import Attachment
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions
from mohalla.station.casework.models import Case
from mohalla.station.casework.views.viewer import desk, opened_case


@require_safe
@desk
def shown(request: HttpRequest, viewer: Viewer, reference: str, key: UUID) -> HttpResponseBase:
    """The working copy of a picture; a recording to play; a document to save."""
    case, row = _found(request, viewer, reference, key)
    try:
        return sending.shown(row, reference=case.reference)
    except sending.NoSafeCopy:
        messages.error(
            request, _("This picture cannot be shown safely. Save its original instead.")
        )
        return HttpResponseRedirect(reverse("desk:case", args=[case.reference]))


@require_safe
@desk
def original(request: HttpRequest, viewer: Viewer, reference: str, key: UUID) -> HttpResponseBase:
    """Byte for byte as it came, to be saved; that it was taken away is written down."""
    case, row = _found(request, viewer, reference, key)
    actions.note_taking(case=case, attachment=key, viewer=viewer, at=clock.now())
    return sending.sent(row, reference=case.reference, save=True)


def _found(
    request: HttpRequest, viewer: Viewer, reference: str, key: UUID
) -> tuple[Case, Attachment]:
    case = opened_case(request, viewer, reference)
    row = case.report.attachments.filter(pk=key).first()
    if row is None or not files.exists(row.sha256):
        raise Http404
    return case, row
