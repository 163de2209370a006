"""Which acts the page of a case offers: a courtesy only, the actions decide."""

from __future__ import annotations

from datetime import datetime

from mohalla.foundation.units import queries as units
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework import actions, queries
from mohalla.station.casework.dossier import Dossier
from mohalla.station.casework.models import Case
from mohalla.station.casework.models.case import Closing
from mohalla.station.casework.rules.two_bodies import GRAVEST

ASKS = {"call_back": "callback", "follow_up": "again"}  # a private call owed by this desk


def offers(case: Case, viewer: Viewer, seen: Dossier, *, at: datetime) -> frozenset[str]:
    """The acts that make sense on this case now; the actions decide, this only tidies the page."""
    mine = case.unit_id in viewer.units
    asks = {
        ASKS[row.kind]
        for row in queries.open_promises(case)
        if row.kind in ASKS and row.unit_id in viewer.units
    }
    if case.closed_at is not None:
        ending = {"destroy"} if mine and case.closing == Closing.WITHDRAWN and seen.words else set()
        return frozenset({"note", "link", "print", *asks, *ending})
    acts = {"contact", "message", "stage", "route", "classification", "note", "link", "print"}
    if mine and case.sensitivity == GRAVEST:
        acts.add("unmask")
    if mine and case.category:
        acts.add("reclassify")
    if mine:
        acts |= {"handover"} | ({"take"} if case.officer_id != viewer.officer else set())
    category = queries.category_of(case)
    if category is None or category.matter in {"cognizable", "cyber"}:
        acts |= {"record", "refusal"} | ({"letter"} if queries.fir_of(case) else set())
    if category is None or category.matter == "non_cognizable":
        acts.add("diary")
    if seen.waiting is None:
        acts.add("outcome")
    elif not seen.waiting["asked"] and seen.waiting["by_id"] != viewer.officer:
        acts.add("second")
    if case.sensitivity == "C1":
        acts.add("merge")
    if case.withdrawal_asked_at is not None and actions.may_call(
        case, officer=viewer.officer, desks=viewer.units
    ):
        acts.add("withdrawal")
    directory = units.directory()
    outside = case.unit_id is not None and directory.units[case.unit_id].outside_force
    if mine and outside and case.disputes >= 2:
        acts.add("objection")
    return frozenset(acts | asks)
