"""Who has the case: take, hand over, re-route, classify."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from mohalla.foundation import catalogue
from mohalla.foundation.places import queries as places
from mohalla.foundation.units import queries as units
from mohalla.station.casework import actions, names
from mohalla.station.casework.forms import ClassifyForm, HandoverForm, RouteForm
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.names import Choices
from mohalla.station.casework.views.refusals import NotForThisDesk
from mohalla.station.casework.views.verbs import Answers, Doing, Verb, press, resource
from mohalla.station.casework.views.viewer import language


def desks(case: Case) -> Choices:
    """(id, name) of the desks that may have the case, as far as it was decided who may not."""
    directory = units.directory()
    excluded = units.barred(room=ROOM, subject=case.reference)
    return sorted(
        (
            (str(key), names.unit(directory, key, language()))
            for key in directory.units
            if key != case.unit_id and excluded.allows_unit(key)
        ),
        key=lambda pair: pair[1],
    )


def _take(doing: Doing, said: Answers) -> object:
    if doing.case.unit_id not in doing.viewer.units:
        raise NotForThisDesk
    return actions.hand_over(
        case=doing.case, to_officer=doing.viewer.officer, officer=doing.viewer.officer, note="",
        by=doing.viewer.by, at=doing.at,
    )  # fmt: skip


def _colleagues(doing: Doing) -> dict[str, Any]:
    unit = doing.case.unit_id
    if unit is None:
        return {"officers": []}
    excluded = units.barred(room=ROOM, subject=doing.case.reference)
    return {
        "officers": names.colleagues(
            units.directory(), unit, at=doing.at, language=language(),
            without=frozenset(excluded.officers) | {doing.case.officer_id or 0},
        )
    }  # fmt: skip


def _hand_over(doing: Doing, said: Answers) -> object:
    if doing.case.unit_id not in doing.viewer.units:
        raise NotForThisDesk
    return actions.hand_over(
        case=doing.case, to_officer=int(said["to_officer"]), officer=doing.viewer.officer,
        note=said["note"], by=doing.viewer.by, at=doing.at,
    )  # fmt: skip


def _route(doing: Doing, said: Answers) -> object:
    return actions.reroute(
        case=doing.case, to_unit=int(said["to_unit"]), officer=doing.viewer.officer,
        is_head=doing.case.unit_id in doing.viewer.heads, reason=said["reason"], at=doing.at,
    )  # fmt: skip


def _classify(doing: Doing, said: Answers) -> object:
    unit = frozenset({int(said["named_unit"])}) if said["named_unit"] else frozenset[int]()
    return actions.classify(
        case=doing.case, category=said["category"], by=doing.viewer.by, at=doing.at,
        place=int(said["place"]) if said["place"] else None, named_units=unit,
    )  # fmt: skip


def shelves(book: catalogue.Catalogue, tongue: str) -> list[tuple[str, Choices]]:
    """Categories by their groups."""
    return [
        (group.name(tongue) if hasattr(group, "name") else group.names[tongue],
         [(row.code, row.name(tongue)) for row in book.listed(code)])
        for code, group in book.groups.items()
    ]  # fmt: skip


def _shelves(doing: Doing) -> dict[str, Any]:
    book, tongue = catalogue.get(), language()
    directory = units.directory()
    return {
        "categories": shelves(book, tongue),
        "places": [(str(place.pk), place.name(tongue)) for place in places.mohallas(doing.at)],
        "units": [(str(key), names.unit(directory, key, tongue)) for key in directory.units],
        "initial": {"category": doing.case.category, "place": doing.case.place_id},
    }  # fmt: skip


take = press(
    Verb(
        title=gettext_lazy("Take"), icon="check", act=_take, done=gettext_lazy("The case is yours.")
    )
)
handover = resource(
    Verb(
        title=gettext_lazy("Hand over"), icon="people", form=HandoverForm, fill=_colleagues,
        act=_hand_over, done=gettext_lazy("Handed over; the reporter hears who comes next."),
    )
)  # fmt: skip
route = resource(
    Verb(
        title=gettext_lazy("Send to another desk"), icon="arrow-next", form=RouteForm,
        fill=lambda doing: {"units": desks(doing.case)}, act=_route,
        hint=gettext_lazy("Reference, receipt and times stay; the new desk gets at least two hours."),
        done=gettext_lazy("The case is at the other desk."),
    )
)  # fmt: skip
classification = resource(
    Verb(
        title=gettext_lazy("Classify"), icon="search", form=ClassifyForm, fill=_shelves, act=_classify,
        hint=gettext_lazy("Who may see it is decided anew by this. Nothing becomes less confidential."),
        done=gettext_lazy("Classified, and addressed to the desk that follows from it."),
    )
)  # fmt: skip
