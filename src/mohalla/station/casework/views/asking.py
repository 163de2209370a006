"""Ask another body: each of the acts that one person may not do, from the page of the case."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from mohalla.foundation import catalogue
from mohalla.foundation.approvals import queries as asked
from mohalla.foundation.approvals.rules.hands import Hand
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.units import queries as units
from mohalla.station.casework import actions, names
from mohalla.station.casework.forms import AskClassForm, AskForm, AskRouteForm
from mohalla.station.casework.models.case import ROOM
from mohalla.station.casework.rules.two_bodies import (
    DESTROY,
    GRAVEST,
    RECLASSIFY,
    REROUTE,
    UNMASK,
)
from mohalla.station.casework.views.moving import desks, shelves
from mohalla.station.casework.views.verbs import Answers, Doing, Verb, resource
from mohalla.station.casework.views.viewer import language

HINT = gettext_lazy(
    "No single person may do this. Another body is asked; it is done the moment that one agrees, and "
    "the reporter sees who asked and who agreed."
)


def _others(doing: Doing) -> dict[str, Any]:
    """Desks of other bodies where somebody could agree."""
    case, directory = doing.case, units.directory()
    if case.unit_id is None or case.unit_id not in doing.viewer.units:
        return {"desks": []}
    found = asked.may_be_asked(
        room=ROOM, subject=case.reference, outside=case.sensitivity == GRAVEST, at=doing.at,
        by=Hand(officer=doing.viewer.officer, unit=case.unit_id),
    )  # fmt: skip
    named = [(str(key), names.unit(directory, key, language())) for key in found]
    return {"desks": sorted(named, key=lambda pair: pair[1])}


def _holders(doing: Doing) -> dict[str, Any]:
    """For what a device sealed: the one desk that holds the other lock."""
    sealing = reports.sealing_of(doing.case.report)
    found = _others(doing)["desks"]
    if sealing is not None:
        found = [pair for pair in found if pair[0] == str(sealing.outer_id)]
    return {"desks": found}


def _ask(doing: Doing, said: Answers, act: str, **arguments: Any) -> object:
    return actions.ask_two_bodies(
        case=doing.case, act=act, arguments=arguments, reason=said["reason"],
        viewer=doing.viewer, of_unit=int(said["of_unit"]), at=doing.at,
    )  # fmt: skip


def _verb(title: Any, icon: str, **more: Any) -> Verb:
    done = gettext_lazy("Asked. You see the answer under “Two bodies”.")
    return Verb(title=title, icon=icon, done=done, hint=HINT, outward=True, **more)


route = resource(
    _verb(
        gettext_lazy("Ask to send it to another desk"), "arrow-next", form=AskRouteForm,
        fill=lambda doing: _others(doing) | {"units": desks(doing.case)},
        act=lambda doing, said: _ask(doing, said, REROUTE, to_unit=int(said["to_unit"])),
    )
)  # fmt: skip
classification = resource(
    _verb(
        gettext_lazy("Ask for another class"), "search", form=AskClassForm,
        fill=lambda doing: _others(doing) | {"categories": shelves(catalogue.get(), language())},
        act=lambda doing, said: _ask(doing, said, RECLASSIFY, category=said["category"]),
    )
)  # fmt: skip
destruction = resource(
    _verb(
        gettext_lazy("Ask to destroy the words"), "cross", form=AskForm, fill=_others, grave=True,
        act=lambda doing, said: _ask(doing, said, DESTROY), closed_too=True,
    )
)  # fmt: skip
identity = resource(
    _verb(
        gettext_lazy("Ask to open name and number"), "eye", form=AskForm, fill=_holders, grave=True,
        act=lambda doing, said: _ask(doing, said, UNMASK), closed_too=True,
    )
)  # fmt: skip
