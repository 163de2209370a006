"""What two offices were asked about a report, and decided, as its reporter reads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from mohalla.foundation.approvals import queries as approvals
from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.approvals.rules.hands import DONE
from mohalla.foundation.units import queries as units
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.two_bodies import DESTROY, RECLASSIFY, REROUTE, UNMASK

WORDS = {
    REROUTE: gettext_lazy("Another desk shall have your report."),
    RECLASSIFY: gettext_lazy("Your report shall count as another kind of matter."),
    DESTROY: gettext_lazy("Your words, files, name and number shall be deleted, as you wished."),
    UNMASK: gettext_lazy("The desk shall see your name and number."),
}


def of(case: Case, language: str, *, at: datetime) -> list[dict[str, Any]]:
    """The latest first; offices by name, no persons."""
    rows = approvals.of_matter(room=ROOM, subject=case.reference)
    return [_seen(row, language, at) for row in reversed(rows)]


def _seen(row: Approval, language: str, at: datetime) -> dict[str, Any]:
    state = approvals.state(row, at=at)
    yes = [said.unit_id for said in row.answers.all() if said.yes]
    return {
        "words": WORDS[row.act],
        "state": state,
        "at": row.done_at if state == DONE else row.asked_at,
        "one": _office(row.asked_for_id, language),
        "two": _office(yes[-1] if yes else None, language),
    }


def _office(unit: int | None, language: str) -> str:
    fact = units.directory().units.get(unit or 0)
    return (fact.names.get(language) or fact.names["ur"]) if fact else ""
