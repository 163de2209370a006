"""The second envelope of a C3 reporter: what the other desk's browser needs to open its layer."""

from __future__ import annotations

from dataclasses import dataclass

from mohalla.foundation.approvals.models import Approval
from mohalla.foundation.keys import queries as keys
from mohalla.foundation.keys.queries import Held
from mohalla.foundation.reports import queries as reports
from mohalla.foundation.units.rules.viewer import Viewer
from mohalla.station.casework.models import Case
from mohalla.station.casework.rules.two_bodies import UNMASK


@dataclass(frozen=True, kw_only=True)
class Layer:
    """`sealed` opens with the key of the asked desk; what is inside opens with another one's."""

    case: Case
    sealed: str
    holder: Held


def layer(approval: Approval, viewer: Viewer) -> Layer | None:
    """For the desk that was asked to open a name that a device sealed; None for all else."""
    if approval.act != UNMASK or approval.asked_of_id not in viewer.units:
        return None
    case = Case.objects.select_related("report").get(reference=approval.subject)
    sealing = reports.sealing_of(case.report)
    if sealing is None or not sealing.identity or sealing.outer_id != approval.asked_of_id:
        return None
    holder = keys.held_by(viewer.officer, {sealing.outer_id})
    return Layer(case=case, sealed=sealing.identity, holder=holder)
