"""One file of a report; opened by `/track/` with the receipt only."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from mohalla.foundation.reports import sending
from mohalla.stages.access.queries import enclosed
from mohalla.station.casework.models import Case


class NotShown(Exception):
    """With the sentence for the page."""


def answer(request: HttpRequest, case: Case) -> HttpResponseBase:
    """The picture's copy, the recording, the document. Raises `NotShown`."""
    row = enclosed.one(case, request.POST.get("file", ""))
    if row is None:
        raise NotShown(_("This file is not here."))
    try:
        return sending.shown(row, reference=case.reference)
    except sending.NoSafeCopy:
        raise NotShown(unsafe()) from None


def unsafe() -> str:
    """Why a picture is not shown."""
    return _("This picture is kept, but it cannot be shown safely.")
