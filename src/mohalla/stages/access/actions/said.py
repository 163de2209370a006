"""What a dialogue needs to understand: places in words, references, languages, the status."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation.ledger import actions as ledger
from mohalla.foundation.places import queries as places
from mohalla.foundation.places.models import Place
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.text import find_place, reference
from mohalla.station.casework import actions as casework
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM

SURE = 88  # of 100: below, the person is asked


def place_in(text: str, *, at: datetime) -> Place | None:
    """The one mohalla that is surely meant; None where none is, or where two could be."""
    known = places.mohallas(at)
    names = [(row.code, [row.name_en, row.name_ur, row.name_ps, *row.aliases]) for row in known]
    found = find_place(text, names, limit=2)
    if not found or found[0][1] < SURE:
        return None
    if len(found) > 1 and found[1][1] == found[0][1]:
        return None
    return next(row for row in known if row.code == found[0][0])


def put_place(*, case: Case, place: Place, at: datetime) -> None:
    """The case has its place now; a classified one goes to the desk of that place."""
    Case.objects.filter(pk=case.pk).update(place=place)
    case.place = place
    ledger.record(
        what="place found",
        room=ROOM,
        subject=case.reference,
        by="reporter",
        at=at,
        place=place.code,
    )
    if case.category:
        casework.classify(case=case, category=case.category, by="reporter", at=at, place=place.pk)


def named_case(argument: str, number: str) -> Case | None:
    """The case with that reference, if this number may hear about it."""
    found = reference(argument)
    case = Case.objects.select_related("report", "unit").filter(reference=found or "-").first()
    return case if case is not None and reports.is_reached_at(case.report, number) else None


def openness(case: Case) -> str:
    """plain: its status may be said to the phone; sealed: neutral, the receipt opens the rest."""
    return "plain" if case.sensitivity == "C1" else "sealed"
