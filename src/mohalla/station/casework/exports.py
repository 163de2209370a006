"""The desk's list as a spreadsheet: what the viewer may see, without the words of C2 and C3."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook

from mohalla.foundation import clock
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.text import csv_safe, visible
from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import names
from mohalla.station.casework.actions import note_export
from mohalla.station.casework.models import Case

LIMIT = 5000
_UNHELD = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # not in XML 1.0
LONGEST = 2000  # characters of a cell


def workbook(viewer: Viewer, *, language: str, at: datetime) -> bytes:
    """Cases addressed to the viewer's desks, open first, newest first, at most 5,000 rows.

    Whose words leave in it is written down for each of them.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Cases"))
    sheet.append(
        [
            _("Reference"), _("Received"), _("Matter"), _("Class"), _("Place"), _("Stage"),
            _("Desk"), _("Officer"), _("Closed"), _("How"), _("What was said"),
        ]
    )  # fmt: skip
    directory = units.directory()
    cases = (
        Case.objects.opened_by(officer=viewer.officer, units=set(viewer.units))
        .select_related("report", "place")
        .order_by("-opened_at")[:LIMIT]
    )
    note_export(cases=(case for case in cases if case.sensitivity == "C1"), viewer=viewer, at=at)
    for case in cases:
        clear = case.sensitivity == "C1"
        sheet.append(
            [
                case.reference, _local(case.opened_at), _cell(names.category(case, language)),
                case.sensitivity, _cell(case.place.name(language) if case.place else ""),
                names.stage(case.stage, language), _cell(names.unit(directory, case.unit_id, language)),
                _cell(names.officer(directory, case.officer_id, language)),
                _local(case.closed_at), str(case.get_closing_display()),
                _cell(reports.opened(case.report, case.report.body)) if clear else "",
            ]
        )  # fmt: skip
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _local(at: datetime | None) -> str:
    return f"{at.astimezone(clock.PKT):%Y-%m-%d %H:%M}" if at else ""


def _cell(text: str) -> str:
    """No formula, nothing that turns or hides what stands beside it, nothing unstorable."""
    held = _UNHELD.sub("\ufffd", visible(text))
    return csv_safe(held[:LONGEST])
