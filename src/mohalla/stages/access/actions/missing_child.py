"""A missing child in three answers, by every door without pages: who, where, when."""

from __future__ import annotations

from dataclasses import replace

from mohalla.foundation.text import words
from mohalla.stages.access.actions import said
from mohalla.stages.access.actions.heard import Came, Heard, current
from mohalla.stages.access.actions.told import accepted
from mohalla.station.casework import actions as casework

CATEGORY = "missing_child"
ENOUGH = 3  # words after the first two: then who it is has been said


def begin(heard: Heard) -> Came:
    """asked, or told where the words themselves say who it is."""
    if len(words(heard.meant.reason)) < ENOUGH:
        return Came(outcome="asked")
    return who(heard)


def who(heard: Heard) -> Came:
    """told: the report stands and the desk's alarm rings before anything else is asked."""
    return Came(outcome="told", case=accepted(heard, danger=True, category=CATEGORY))


def where(heard: Heard) -> Came:
    """told: kept as she said it; where it is sure, the desk of that place has it from now on."""
    case = current(heard)
    if case is None:
        return replace(who(heard), of="child_who")
    found = said.place_in(heard.text, at=heard.at)
    casework.say(
        case=case, text=heard.text, door=heard.door, at=heard.at, owes=False, files=heard.files
    )
    if found is not None and case.place_id is None:
        said.put_place(case=case, place=found, at=heard.at)
    return Came(outcome="told", case=case)
